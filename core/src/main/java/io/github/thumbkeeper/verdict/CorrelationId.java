/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.verdict;

import java.util.UUID;

/**
 * Correlation ids of refusals: UUIDs of version 4 (RFC 9562 section 5.4), made from 64 random bits. They connect a response with its
 * log line and are not secret, so other numbers may follow from one of them.
 *
 * <p>Thread-safe.
 */
final class CorrelationId {

    private static final long GOLDEN_RATIO = 0x9E3779B97F4A7C15L;

    private CorrelationId() {}

    /** Returns the id for a number; the same id for the same number. */
    static UUID of(long number) {
        long version4 = (mixed(number) & ~0xF000L) | 0x4000L;
        long variant = (mixed(number + GOLDEN_RATIO) & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UUID(version4, variant);
    }

    /** Spreads each bit over all bits: the finalizer of SplitMix64, as in {@link java.util.SplittableRandom}. */
    private static long mixed(long number) {
        long z = (number ^ (number >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
