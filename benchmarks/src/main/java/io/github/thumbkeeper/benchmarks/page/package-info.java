/* SPDX-License-Identifier: Apache-2.0 */
/** Run of all benchmarks, and the page with their figures. */
@NullMarked
package io.github.thumbkeeper.benchmarks.page;

import org.jspecify.annotations.NullMarked;
