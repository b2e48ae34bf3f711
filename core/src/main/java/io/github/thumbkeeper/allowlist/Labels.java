/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Labels of the entries of a table: one label common to all, or all labels in one string.
 *
 * <p>Immutable and thread-safe.
 */
final class Labels {

    /** Labels of every table without labels, so that they take no bytes of such a table. */
    private static final Labels NONE = new Labels(new Builder());

    private final @Nullable String common;
    private final String text;
    /** End of each entry's label in the text; null if all entries have the common label. */
    private final @Nullable PackedColumn ends;

    private Labels(Builder builder) {
        common = builder.ends == null ? builder.common : null;
        text = builder.text.toString();
        ends = builder.ends == null ? null : builder.ends.pack();
    }

    /** Returns whether all entries have the same label, or none has a label. */
    boolean isUniform() {
        return ends == null;
    }

    /** Returns whether no entry has a label. */
    boolean isEmpty() {
        return ends == null && common == null;
    }

    /** Returns the label of an entry, or null if it has no label. */
    @Nullable
    String get(int ordinal) {
        if (ends == null) {
            return common;
        }
        int start = ordinal == 0 ? 0 : ends.get(ordinal - 1);
        int end = ends.get(ordinal);
        return start == end ? null : text.substring(start, end);
    }

    /**
     * Returns the labels of the entries that have one.
     *
     * @param size the number of entries
     */
    Stream<String> stream(int size) {
        if (ends == null) {
            return Stream.ofNullable(common);
        }
        return IntStream.range(0, size).mapToObj(this::get).filter(Objects::nonNull);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Labels that
                && Objects.equals(common, that.common)
                && text.equals(that.text)
                && Objects.equals(ends, that.ends);
    }

    @Override
    public int hashCode() {
        return Objects.hash(common, text);
    }

    /** Collects labels, one entry at a time. Not thread-safe. */
    static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private @Nullable String common;
        private @Nullable IntColumn ends;
        private int size;

        /** Adds the label of the next entry; null and an empty text mean no label. */
        public void add(@Nullable String label) {
            if (size == 0) {
                common = label;
            } else if (ends == null && !Objects.equals(common, label)) {
                ends = new IntColumn();
                for (int i = 0; i < size; i++) {
                    append(ends, common);
                }
            }
            if (ends != null) {
                append(ends, label);
            }
            size++;
        }

        private void append(IntColumn to, @Nullable String label) {
            text.append(label == null ? "" : label);
            to.add(text.length());
        }

        Labels build() {
            return ends == null && common == null ? NONE : new Labels(this);
        }
    }
}
