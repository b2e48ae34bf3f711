/* SPDX-License-Identifier: Apache-2.0 */
/** What the gate decides, as values. */
@NullMarked
package io.github.thumbkeeper.verdict;

import org.jspecify.annotations.NullMarked;
