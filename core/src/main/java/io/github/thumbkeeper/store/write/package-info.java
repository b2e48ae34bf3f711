/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Changes the entries of a directory or of a database table while gates read them.
 *
 * <p>{@code EntryWriter} is the port, with one contract for both backends. {@code EntryPlanner} turns the changes into the new
 * list and checks it; it knows no backend. {@code DirectoryEntryWriter} and {@code SqlEntryWriter} make the new list durable.
 *
 * <p>No other package uses this one, and the jars of the valve and of the filter do not contain it.
 */
@NullMarked
package io.github.thumbkeeper.store.write;

import org.jspecify.annotations.NullMarked;
