/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one file of a folder, 36 bytes each: the SHA-256 thumbprint, and the minute in which the certificate ends, rounded
 * down, so that the end of a folder of many small files takes little room.
 *
 * <p>Immutable and thread-safe.
 */
final class PackedEntries implements Iterable<Entry> {

    private static final int DIGEST = DigestAlgorithm.SHA256.length();
    private static final int LENGTH = DIGEST + Integer.BYTES;
    private static final long MINUTE = Duration.ofMinutes(1).toSeconds();
    /** The last minute that fits, of the year 6053, and the mark of an unknown end. */
    private static final long LAST = Integer.MAX_VALUE;

    private static final int UNKNOWN = Integer.MIN_VALUE;

    private final @Nullable String label;
    private final byte[] packed;

    private PackedEntries(@Nullable String label, byte[] packed) {
        this.label = label;
        this.packed = packed;
    }

    /** Packs the entries of a table, or returns the table itself if they have more than a thumbprint and a common label. */
    static Iterable<Entry> of(EntryTable table) {
        List<Entry> entries = table.stream().toList();
        String label = entries.isEmpty() ? null : entries.get(0).label();
        if (!entries.stream().allMatch(entry -> isPlain(entry, label))) {
            return table;
        }
        ByteBuffer packed = ByteBuffer.allocate(entries.size() * LENGTH);
        entries.forEach(entry -> packed.put(entry.digest().toBytes()).putInt(minute(entry.certificateEnd())));
        return new PackedEntries(label, packed.array());
    }

    private static boolean isPlain(Entry entry, @Nullable String label) {
        return entry.digest() instanceof Thumbprint thumbprint
                && thumbprint.algorithm() == DigestAlgorithm.SHA256
                && entry.equals(Entry.of(thumbprint, label));
    }

    private static int minute(@Nullable Instant end) {
        return end == null
                ? UNKNOWN
                : (int) Math.max(-LAST, Math.min(LAST, Math.floorDiv(end.getEpochSecond(), MINUTE)));
    }

    @Override
    public Iterator<Entry> iterator() {
        return IntStream.range(0, packed.length / LENGTH).mapToObj(this::entry).iterator();
    }

    private Entry entry(int number) {
        int at = number * LENGTH;
        byte[] digest = Arrays.copyOfRange(packed, at, at + DIGEST);
        Entry entry = Entry.of(Thumbprint.ofDigest(DigestAlgorithm.SHA256, digest), label);
        int minute = ByteBuffer.wrap(packed).getInt(at + DIGEST);
        return minute == UNKNOWN ? entry : entry.endingAt(Instant.ofEpochSecond(minute * MINUTE));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PackedEntries that
                && Objects.equals(label, that.label)
                && Arrays.equals(packed, that.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }
}
