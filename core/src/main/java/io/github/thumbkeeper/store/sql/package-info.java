/* SPDX-License-Identifier: Apache-2.0 */
/** Loads entries from a database table. */
@NullMarked
package io.github.thumbkeeper.store.sql;

import org.jspecify.annotations.NullMarked;
