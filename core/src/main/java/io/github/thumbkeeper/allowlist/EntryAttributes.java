/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Roles, start, end and disabled state of the entries of a table. Entries with equal values share one object.
 *
 * <p>Immutable and thread-safe.
 */
final class EntryAttributes {

    /** Attributes of an entry, apart from its digest and its label. */
    record Values(
            Set<String> roles,
            @Nullable Instant from,
            @Nullable Instant until,
            boolean disabled) {
        static final Values DEFAULT = new Values(Set.of(), null, null, false);

        static Values of(Entry entry) {
            Values values = new Values(entry.roles(), entry.from(), entry.until(), entry.disabled());
            return values.equals(DEFAULT) ? DEFAULT : values;
        }
    }

    /** Attributes of every table whose entries have only the default, so that they take no bytes of such a table. */
    private static final EntryAttributes DEFAULTS = defaults();

    private final List<Values> different;
    /** Index into {@link #different} for each entry; null if all entries have equal values. */
    private final @Nullable PackedColumn indexes;

    private EntryAttributes(Builder builder) {
        different = List.copyOf(builder.different);
        indexes = builder.indexes == null ? null : builder.indexes.pack();
    }

    private static EntryAttributes defaults() {
        Builder builder = new Builder();
        builder.add(Values.DEFAULT);
        return new EntryAttributes(builder);
    }

    /** Returns whether all entries have equal values. */
    boolean isUniform() {
        return indexes == null;
    }

    /** Returns whether any entry has an end. */
    boolean hasEnds() {
        return different.stream().anyMatch(values -> values.until() != null);
    }

    /** Returns the attributes of an entry. */
    Values get(int ordinal) {
        return different.get(indexes == null ? 0 : indexes.get(ordinal));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof EntryAttributes that
                && different.equals(that.different)
                && Objects.equals(indexes, that.indexes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(different, Objects.hashCode(indexes));
    }

    /** Collects the attributes of entries, one entry at a time. Not thread-safe. */
    static final class Builder {
        private final List<Values> different = new ArrayList<>();
        private final Map<Values, Integer> known = new HashMap<>();
        private @Nullable IntColumn indexes;
        private int size;

        public void add(Values values) {
            int index = index(values);
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

        /** Compares by identity first: in most lists all entries share {@link Values#DEFAULT}. */
        @SuppressWarnings("ReferenceEquality") // a fast path; equal values are found in the map
        private int index(Values values) {
            if (!different.isEmpty() && different.get(0) == values) {
                return 0;
            }
            Integer before = known.putIfAbsent(values, different.size());
            if (before == null) {
                different.add(values);
            }
            return before == null ? different.size() - 1 : before;
        }

        EntryAttributes build() {
            return different.equals(DEFAULTS.different) ? DEFAULTS : new EntryAttributes(this);
        }
    }
}
