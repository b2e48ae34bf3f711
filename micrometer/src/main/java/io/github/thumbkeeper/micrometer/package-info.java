/* SPDX-License-Identifier: Apache-2.0 */
/** Metrics of gates for Micrometer. */
@NullMarked
package io.github.thumbkeeper.micrometer;

import org.jspecify.annotations.NullMarked;
