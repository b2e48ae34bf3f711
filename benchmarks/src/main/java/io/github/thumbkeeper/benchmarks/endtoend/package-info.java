/* SPDX-License-Identifier: Apache-2.0 */
/** Cost of a check within a request, from the client's side, for this project and for others. */
@NullMarked
package io.github.thumbkeeper.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;
