/* SPDX-License-Identifier: Apache-2.0 */
/** The set-up of GlassFish 7 for the suite. */
@NullMarked
package io.github.thumbkeeper.glassfish;

import org.jspecify.annotations.NullMarked;
