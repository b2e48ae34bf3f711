/* SPDX-License-Identifier: Apache-2.0 */
/** The table of settings, and the way from text to a running gate. */
@NullMarked
package io.github.thumbkeeper.settings;

import org.jspecify.annotations.NullMarked;
