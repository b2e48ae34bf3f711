/* SPDX-License-Identifier: Apache-2.0 */
/** Builds list entries of rows and certificates. */
@NullMarked
package io.github.thumbkeeper.store.entry;

import org.jspecify.annotations.NullMarked;
