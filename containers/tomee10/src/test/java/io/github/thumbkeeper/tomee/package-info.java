/* SPDX-License-Identifier: Apache-2.0 */
/** The set-up of TomEE for the suite. */
@NullMarked
package io.github.thumbkeeper.tomee;

import org.jspecify.annotations.NullMarked;
