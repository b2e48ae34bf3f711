/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.CertificateDigest;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Hash table of digests of one kind. All digests are in one array, sorted by bucket; a second array holds the end of each
 * bucket. A digest is its own hash, so that a digest takes its own length and 3 bytes.
 *
 * <pre>{@code
 * bucket      0       1      2           3
 * ends        2       2      3           6          counted in digests; bucket 1 is empty
 *             |______________|___________|_
 * slot     0     1     2     3     4     5
 * digests  d7.. | 03.. | 9a.. | 41.. | e0.. | 5c..     one array of bytes, without gaps
 * ordinals 4    | 0    | 3    | 1    | 5    | 2        the entry of each digest, if the order counts
 * }</pre>
 *
 * <p>A look-up reads one bucket and compares eight bytes of each digest in it, so it takes no longer than the list has digests in its
 * largest bucket: about a dozen for a million digests. Which digest a client presents does not matter, even if it has been
 * searched for. Only listed digests fill a bucket, and a client can choose them: with about as many attempts as the table has
 * buckets, it finds a certificate for a bucket of its choice. Each such certificate that an administrator lists makes the look-ups
 * of that bucket about a nanosecond longer.
 *
 * <p>Immutable and thread-safe: all fields are final, and the arrays are complete before another thread sees the table. A look-up
 * allocates nothing and takes no lock.
 */
final class DigestTable {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ODD = 0x9E3779B97F4A7C15L;

    /** Up to this size, repeated digests of a bucket are found by comparing every pair. */
    private static final int SMALL_BUCKET = 8;

    private final DigestKind kind;
    private final int length;
    private final byte[] digests;
    private final int[] ends;
    private final @Nullable PackedColumn ordinals;

    /**
     * Wraps the arrays without copying; the caller must not change them afterwards.
     *
     * @param digests the digests, bucket by bucket
     * @param ends the end of each bucket, counted in digests
     * @param ordinals the entry each digest belongs to, or null if the order of the entries means nothing
     */
    DigestTable(DigestKind kind, byte[] digests, int[] ends, @Nullable PackedColumn ordinals) {
        this.kind = kind;
        this.length = kind.length();
        this.digests = digests;
        this.ends = ends;
        this.ordinals = ordinals;
    }

    /**
     * Returns the bucket of a digest. It uses both ends of the digest, so that a list of consecutive numbers instead of real
     * digests is spread over the buckets too.
     */
    static int bucket(byte[] bytes, int at, int length, int buckets) {
        long ends = (long) LONG.get(bytes, at) ^ (long) LONG.get(bytes, at + length - Long.BYTES);
        return (int) ((((ends * ODD) >>> 32) * buckets) >>> 32);
    }

    DigestKind kind() {
        return kind;
    }

    int size() {
        return digests.length / length;
    }

    /** Returns the slot of the first digest that equals this one, or -1. */
    int first(byte[] digest) {
        int bucket = bucket(digest, 0, length, ends.length);
        return find(digest, start(bucket), ends[bucket]);
    }

    /** Returns the slot of the next digest that equals this one, or -1. */
    int next(byte[] digest, int slot) {
        return find(digest, slot + 1, ends[bucket(digest, 0, length, ends.length)]);
    }

    private int find(byte[] digest, int from, int to) {
        long head = (long) LONG.get(digest, 0);
        for (int slot = from; slot < to; slot++) {
            int at = slot * length;
            if ((long) LONG.get(digests, at) == head && Arrays.equals(digests, at, at + length, digest, 0, length)) {
                return slot;
            }
        }
        return -1;
    }

    private int start(int bucket) {
        return bucket == 0 ? 0 : ends[bucket - 1];
    }

    /** Returns the number of digests that a look-up of this digest compares at most. */
    int steps(byte[] digest) {
        int bucket = bucket(digest, 0, length, ends.length);
        return ends[bucket] - start(bucket);
    }

    /** Returns the entry that the digest in a slot belongs to; the slot itself if the table does not keep the order. */
    int ordinal(int slot) {
        return ordinals == null ? slot : ordinals.get(slot);
    }

    /** Copies the digest in a slot to the start of an array. */
    void copy(int slot, byte[] to) {
        System.arraycopy(digests, slot * length, to, 0, length);
    }

    CertificateDigest digest(int slot) {
        return kind.digest(Arrays.copyOfRange(digests, slot * length, (slot + 1) * length));
    }

    /** Returns the digests that occur more than once. */
    Set<CertificateDigest> repeated() {
        Set<CertificateDigest> repeated = new HashSet<>();
        for (int bucket = 0; bucket < ends.length; bucket++) {
            int from = start(bucket);
            int to = ends[bucket];
            if (to - from > SMALL_BUCKET) {
                addRepeatedOfLarge(from, to, repeated);
            } else if (to - from > 1) {
                addRepeatedOfSmall(from, to, repeated);
            }
        }
        return repeated;
    }

    private void addRepeatedOfSmall(int from, int to, Set<CertificateDigest> repeated) {
        for (int slot = from + 1; slot < to; slot++) {
            for (int earlier = from; earlier < slot; earlier++) {
                if (areEqual(earlier, slot)) {
                    repeated.add(digest(slot));
                }
            }
        }
    }

    private void addRepeatedOfLarge(int from, int to, Set<CertificateDigest> repeated) {
        Set<CertificateDigest> known = new HashSet<>();
        for (int slot = from; slot < to; slot++) {
            CertificateDigest digest = digest(slot);
            if (!known.add(digest)) {
                repeated.add(digest);
            }
        }
    }

    private boolean areEqual(int one, int other) {
        int a = one * length;
        int b = other * length;
        return (long) LONG.get(digests, a) == (long) LONG.get(digests, b)
                && Arrays.equals(digests, a, a + length, digests, b, b + length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DigestTable that
                && kind == that.kind
                && Arrays.equals(digests, that.digests)
                && Objects.equals(ordinals, that.ordinals);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, digests.length);
    }
}
