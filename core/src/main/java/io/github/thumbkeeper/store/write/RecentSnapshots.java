/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last snapshots of a writer, so that a conflict can name what has changed since one of them. Thread-safe. */
final class RecentSnapshots {

    private static final int MOST = 16;

    /** Most changes of the history that a conflict names. */
    private static final int MOST_CHANGES = 200;

    private final Map<EntryVersion, List<ListedEntry>> known = new LinkedHashMap<>();

    /** Keeps a snapshot and returns it. */
    synchronized EntrySnapshot keep(EntrySnapshot snapshot) {
        known.remove(snapshot.version());
        known.put(snapshot.version(), snapshot.entries());
        if (known.size() > MOST) {
            known.remove(known.keySet().iterator().next());
        }
        return snapshot;
    }

    private synchronized List<List<ListedEntry>> find(EntryVersion version) {
        List<ListedEntry> entries = known.get(version);
        return entries == null ? List.of() : List.of(entries);
    }

    /** Reads the newest changes. */
    @FunctionalInterface
    interface Newest {
        List<HistoryRecord> read(int count) throws StoreException;
    }

    /** Returns the conflict between a version and the current list. */
    WriteResult.Conflict conflict(EntryVersion version, EntrySnapshot current, Newest newest) throws StoreException {
        List<List<ListedEntry>> before = find(version);
        EntryDifference difference = before.isEmpty()
                ? EntryDifference.ofHistory(newest.read(MOST_CHANGES).stream()
                        .filter(record -> record.number() > version.changes())
                        .toList())
                : EntryDifference.between(before.get(0), current.entries());
        return new WriteResult.Conflict(keep(current), difference);
    }
}
