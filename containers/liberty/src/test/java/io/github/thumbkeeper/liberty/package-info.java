/* SPDX-License-Identifier: Apache-2.0 */
/** How Open Liberty is set up for the suite. */
@NullMarked
package io.github.thumbkeeper.liberty;

import org.jspecify.annotations.NullMarked;
