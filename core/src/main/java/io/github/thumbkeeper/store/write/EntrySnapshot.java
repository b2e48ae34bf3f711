/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import java.util.List;

/**
 * The entries of a list at one moment.
 *
 * <p>Immutable and thread-safe.
 *
 * @param version the version to pass to {@link EntryWriter#apply}
 * @param entries the entries, each with a digest of its own
 */
public record EntrySnapshot(EntryVersion version, List<ListedEntry> entries) {
    public EntrySnapshot {
        entries = List.copyOf(entries);
    }
}
