/* SPDX-License-Identifier: Apache-2.0 */
/** Decisions of a gate, as immutable values. */
@NullMarked
package io.github.thumbkeeper.verdict;

import org.jspecify.annotations.NullMarked;
