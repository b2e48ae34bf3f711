/* SPDX-License-Identifier: Apache-2.0 */
/** How TomEE is set up for the suite. */
@NullMarked
package io.github.thumbkeeper.tomee;

import org.jspecify.annotations.NullMarked;
