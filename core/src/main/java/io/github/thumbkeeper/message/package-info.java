/* SPDX-License-Identifier: Apache-2.0 */
/** Text that is safe to log. */
@NullMarked
package io.github.thumbkeeper.message;

import org.jspecify.annotations.NullMarked;
