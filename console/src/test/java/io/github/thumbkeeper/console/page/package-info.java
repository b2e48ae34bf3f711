/* SPDX-License-Identifier: Apache-2.0 */
/** Tests of the package. */
@NullMarked
package io.github.thumbkeeper.console.page;

import org.jspecify.annotations.NullMarked;
