/* SPDX-License-Identifier: Apache-2.0 */
/** Counting and logging of what the gate decides. */
@NullMarked
package io.github.thumbkeeper.observe;

import org.jspecify.annotations.NullMarked;
