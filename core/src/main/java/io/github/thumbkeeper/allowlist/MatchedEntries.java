/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Marks the entries of a table that a request has matched, in one bit each. An administrator finds entries that can go.
 *
 * <p>Thread-safe. Marking allocates nothing.
 */
final class MatchedEntries {

    private final EntryTable table;
    private final AtomicIntegerArray bits;

    MatchedEntries(EntryTable table) {
        this.table = table;
        this.bits = new AtomicIntegerArray((table.size() + Integer.SIZE - 1) / Integer.SIZE);
    }

    EntryTable table() {
        return table;
    }

    /** Returns the entries that match a certificate, and marks them. */
    List<Entry> find(Function<DigestKind, byte[]> digests) {
        return table.find(digests, this);
    }

    /** Marks an entry. */
    void mark(int ordinal) {
        int bit = 1 << ordinal;
        int word = ordinal / Integer.SIZE;
        if ((bits.get(word) & bit) == 0) {
            bits.accumulateAndGet(word, bit, (before, added) -> before | added);
        }
    }

    /** Marks the entries with the digests that are marked in an earlier version of the list. */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    void takeMarksOf(MatchedEntries earlier) {
        if (earlier.table == table) {
            for (int word = 0; word < bits.length(); word++) {
                int marks = earlier.bits.get(word);
                bits.accumulateAndGet(word, marks, (own, added) -> own | added);
            }
            return;
        }
        earlier.table.stream(earlier::isMarked).forEach(entry -> table.mark(entry.digest(), this));
    }

    /** Returns whether no entry is marked. */
    boolean isEmpty() {
        for (int i = 0; i < bits.length(); i++) {
            if (bits.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Returns the entries without a mark, each created when the stream reaches it. */
    Stream<Entry> unmatched() {
        return table.stream(ordinal -> !isMarked(ordinal));
    }

    /** Returns the number of entries without a mark. */
    int unmatchedCount() {
        int marked = 0;
        for (int i = 0; i < bits.length(); i++) {
            marked += Integer.bitCount(bits.get(i));
        }
        return table.size() - marked;
    }

    private boolean isMarked(int ordinal) {
        return (bits.get(ordinal / Integer.SIZE) & 1 << ordinal) != 0;
    }
}
