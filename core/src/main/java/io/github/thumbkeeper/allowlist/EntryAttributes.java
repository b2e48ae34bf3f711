/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What else many entries say of their owners: roles, from, until and disabled. Entries that say the same share it.
 *
 * <p>Immutable and safe to share between threads.
 */
final class EntryAttributes {

    /** The terms of one entry. */
    record Term(
            Set<String> roles,
            @Nullable Instant from,
            @Nullable Instant until,
            boolean disabled) {
        static final Term PLAIN = new Term(Set.of(), null, null, false);

        static Term of(Entry entry) {
            Term term = new Term(entry.roles(), entry.from(), entry.until(), entry.disabled());
            return term.equals(PLAIN) ? PLAIN : term;
        }
    }

    private final List<Term> different;
    /** Which of the terms each entry has; null if there are no two. */
    private final int @Nullable [] indexes;

    private EntryAttributes(Builder builder) {
        different = List.copyOf(builder.different);
        indexes = builder.indexes == null ? null : builder.indexes.toArray();
    }

    boolean areAlike() {
        return indexes == null;
    }

    boolean haveEnds() {
        return different.stream().anyMatch(term -> term.until() != null);
    }

    /** Returns the terms of an entry. */
    Term get(int ordinal) {
        return different.get(indexes == null ? 0 : indexes[ordinal]);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EntryAttributes that
                && different.equals(that.different)
                && Arrays.equals(indexes, that.indexes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(different, Arrays.hashCode(indexes));
    }

    /** Takes the terms of entry after entry. Used by one thread. */
    static final class Builder {
        private final List<Term> different = new ArrayList<>();
        private final Map<Term, Integer> known = new HashMap<>();
        private @Nullable IntColumn indexes;
        private int size;

        public void add(Term term) {
            int index = index(term);
            if (indexes == null && different.size() > 1) {
                indexes = new IntColumn();
                for (int i = 0; i < size; i++) {
                    indexes.add(0);
                }
            }
            if (indexes != null) {
                indexes.add(index);
            }
            size++;
        }

        /** Most lists say the same of everybody, and those are to be read fast. */
        @SuppressWarnings("ReferenceEquality")
        private int index(Term term) {
            if (!different.isEmpty() && different.get(0) == term) {
                return 0;
            }
            Integer before = known.putIfAbsent(term, different.size());
            if (before == null) {
                different.add(term);
            }
            return before == null ? different.size() - 1 : before;
        }

        EntryAttributes build() {
            return new EntryAttributes(this);
        }
    }
}
