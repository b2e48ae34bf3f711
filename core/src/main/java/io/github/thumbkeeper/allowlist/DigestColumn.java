/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Growing column of digests of one kind, in the order of the entries; {@link #toTable} turns it into a table. The digests are
 * kept in chunks, so that growing copies nothing. Not thread-safe.
 */
final class DigestColumn {

    private static final int FIRST_CHUNK = 16;
    private static final int LARGEST_CHUNK = 1 << 15;

    private final DigestKind kind;
    private final Deque<byte[]> full = new ArrayDeque<>();
    private byte[] chunk;
    private int used;
    private int size;
    /** The entry each digest belongs to; null while every digest belongs to the entry of its own number. */
    private @Nullable IntColumn ordinals;

    DigestColumn(DigestKind kind) {
        this.kind = kind;
        this.chunk = new byte[FIRST_CHUNK * kind.length()];
    }

    /**
     * Adds a digest.
     *
     * @param digest starts with the bytes of the digest; may be longer
     * @param ordinal the number of the entry
     */
    void add(byte[] digest, int ordinal) {
        if (ordinals == null && ordinal != size) {
            ordinals = IntColumn.countingTo(size);
        }
        if (ordinals != null) {
            ordinals.add(ordinal);
        }
        if (used == chunk.length) {
            full.add(chunk);
            chunk = new byte[Math.min(size, LARGEST_CHUNK) * kind.length()];
            used = 0;
        }
        System.arraycopy(digest, 0, chunk, used, kind.length());
        used += kind.length();
        size++;
    }

    /**
     * Builds the table by a counting sort over the buckets. Can be called once: each chunk is released as soon as it has been
     * copied, so that a large list is not held twice.
     *
     * @param ordered whether the table must know which entry a digest belongs to
     */
    DigestTable toTable(boolean ordered) {
        byte[] digests = new byte[Math.multiplyExact(size, kind.length())];
        int[] positions = new int[(int) Math.max(1, size * 3L / 4)];
        full.forEach(each -> count(each, each.length, positions));
        count(chunk, used, positions);
        toStarts(positions);
        int[] of = ordered ? new int[size] : null;
        int ordinal = 0;
        for (byte[] each = full.poll(); each != null; each = full.poll()) {
            ordinal = scatter(each, each.length, digests, positions, of, ordinal);
        }
        scatter(chunk, used, digests, positions, of, ordinal);
        return new DigestTable(kind, digests, positions, of == null ? null : PackedColumn.of(of));
    }

    private void count(byte[] from, int end, int[] positions) {
        for (int at = 0; at < end; at += kind.length()) {
            positions[DigestTable.bucket(from, at, kind.length(), positions.length)]++;
        }
    }

    private static void toStarts(int[] counts) {
        int start = 0;
        for (int i = 0; i < counts.length; i++) {
            int count = counts[i];
            counts[i] = start;
            start += count;
        }
    }

    /**
     * Copies digests into their buckets. Each start moves on with every digest, so that in the end it is the end of its bucket.
     *
     * @return the number of digests copied so far
     */
    private int scatter(byte[] from, int end, byte[] to, int[] positions, int @Nullable [] of, int number) {
        int length = kind.length();
        int next = number;
        for (int at = 0; at < end; at += length) {
            int slot = positions[DigestTable.bucket(from, at, length, positions.length)]++;
            System.arraycopy(from, at, to, slot * length, length);
            if (of != null) {
                of[slot] = ordinals == null ? next : ordinals.get(next);
            }
            next++;
        }
        return next;
    }
}
