/* SPDX-License-Identifier: Apache-2.0 */
/** The gate: one decision for one request. */
@NullMarked
package io.github.thumbkeeper;

import org.jspecify.annotations.NullMarked;
