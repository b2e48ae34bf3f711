/* SPDX-License-Identifier: Apache-2.0 */
/** Benchmarks of decisions, look-ups, loads and reloads, and figures on the source code. */
@NullMarked
package io.github.thumbkeeper.benchmarks;

import org.jspecify.annotations.NullMarked;
