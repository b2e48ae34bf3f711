/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.message.SafeText;
import java.util.ArrayList;
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

    private final Kind added = new Kind("added");
    private final Kind removed = new Kind("removed");
    private final Kind changed = new Kind("changed");

    private EntryChanges(EntryTable before, EntryTable now) {
        now.stream().forEach(entry -> {
            List<Entry> earlier = before.find(entry.digest());
            if (earlier.isEmpty()) {
                added.add(entry);
            } else if (!earlier.contains(entry)) {
                changed.add(entry);
            }
        });
        before.stream().filter(entry -> now.find(entry.digest()).isEmpty()).forEach(removed::add);
    }

    /** Compares two versions of a list. Takes time in proportion to both. */
    public static EntryChanges between(EntryTable before, EntryTable now) {
        return new EntryChanges(before, now);
    }

    /** Returns whether both versions have the same entries, perhaps in another order. */
    public boolean isEmpty() {
        return Stream.of(added, removed, changed).allMatch(kind -> kind.count == 0);
    }

    /** Returns the counts, with at most {@value #MOST_NAMED} labels each: {@code 2 added ([alice], [bob]), 1 removed ([carol])}. */
    @Override
    public String toString() {
        return Stream.of(added, removed, changed)
                .filter(kind -> kind.count > 0)
                .map(Kind::text)
                .collect(Collectors.joining(", "));
    }

    /** Entries with one kind of difference. */
    private static final class Kind {
        private final String participle;
        private final List<String> names = new ArrayList<>();
        private int count;

        Kind(String participle) {
            this.participle = participle;
        }

        void add(Entry entry) {
            if (count++ < MOST_NAMED) {
                String label = entry.label();
                names.add(SafeText.quoted(label == null ? entry.digest().toString() : label));
            }
        }

        String text() {
            return count + " " + participle + " (" + String.join(", ", names)
                    + (count > MOST_NAMED ? " and " + (count - MOST_NAMED) + " more" : "") + ")";
        }
    }
}
