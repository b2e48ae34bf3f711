/* SPDX-License-Identifier: Apache-2.0 */
/** Checks of a listed certificate itself: its dates, who issued it, and whether it has been revoked. */
@NullMarked
package io.github.thumbkeeper.trust;

import org.jspecify.annotations.NullMarked;
