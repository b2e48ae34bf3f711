/* SPDX-License-Identifier: Apache-2.0 */
/** Measures what decisions, look-ups, loads and reloads cost. */
@NullMarked
package io.github.thumbkeeper.benchmarks;

import org.jspecify.annotations.NullMarked;
