/* SPDX-License-Identifier: Apache-2.0 */
/** How GlassFish 7 is set up for the suite. */
@NullMarked
package io.github.thumbkeeper.glassfish;

import org.jspecify.annotations.NullMarked;
