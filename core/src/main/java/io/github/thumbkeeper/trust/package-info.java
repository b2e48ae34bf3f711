/* SPDX-License-Identifier: Apache-2.0 */
/** Checks of an admitted certificate itself: its dates, and its path to a trusted root. */
@NullMarked
package io.github.thumbkeeper.trust;

import org.jspecify.annotations.NullMarked;
