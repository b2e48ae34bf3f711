/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.message.SafeText;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Difference between two versions of a list: the entries that were added, removed and changed.
 *
 * <p>An entry with the same digest but another label, other roles or other dates is a change. Immutable and thread-safe.
 */
public final class EntryChanges {

    private static final int MOST_NAMED = 20;

    private final Kind added;
    private final Kind removed;
    private final Kind changed;

    /** Creates only the entries that are named: millions of others would be garbage while requests are served. */
    private EntryChanges(EntryTable before, EntryTable now) {
        BitSet listed = now.listedIn(before);
        BitSet changes = (BitSet) listed.clone();
        changes.andNot(now.equalIn(before));
        added = Kind.of("added", now, complement(listed, now));
        removed = Kind.of("removed", before, complement(before.listedIn(now), before));
        changed = Kind.of("changed", now, changes);
    }

    private static BitSet complement(BitSet some, EntryTable all) {
        BitSet others = (BitSet) some.clone();
        others.flip(0, all.size());
        return others;
    }

    /** Compares two versions of a list. Takes time in proportion to both. */
    public static EntryChanges between(EntryTable before, EntryTable now) {
        return new EntryChanges(before, now);
    }

    /** Returns whether both versions have the same entries, perhaps in another order. */
    public boolean isEmpty() {
        return Stream.of(added, removed, changed).allMatch(kind -> kind.count() == 0);
    }

    /** Returns the counts, with at most {@value #MOST_NAMED} labels each: {@code 2 added ([alice], [bob]), 1 removed ([carol])}. */
    @Override
    public String toString() {
        return Stream.of(added, removed, changed)
                .filter(kind -> kind.count() > 0)
                .map(Kind::text)
                .collect(Collectors.joining(", "));
    }

    /** Entries with one kind of difference. */
    private record Kind(String participle, List<String> names, int count) {

        static Kind of(String participle, EntryTable table, BitSet entries) {
            List<String> names = table.stream(entries::get)
                    .limit(MOST_NAMED)
                    .map(entry ->
                            SafeText.quoted(entry.label() == null ? String.valueOf(entry.digest()) : entry.label()))
                    .toList();
            return new Kind(participle, names, entries.cardinality());
        }

        String text() {
            return count + " " + participle + " (" + String.join(", ", names)
                    + (count > MOST_NAMED ? " and " + (count - MOST_NAMED) + " more" : "") + ")";
        }
    }
}
