/* SPDX-License-Identifier: Apache-2.0 */
/** Loads the stores, keeps the last good value of each, and builds the allow list of them. */
@NullMarked
package io.github.thumbkeeper.store;

import org.jspecify.annotations.NullMarked;
