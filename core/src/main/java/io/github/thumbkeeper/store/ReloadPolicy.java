/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Policy of when a list of certificates comes into force, and how long it stays.
 *
 * <p>Immutable and thread-safe.
 *
 * @param allowEmpty whether to start with a list without entries
 * @param startWithout whether to start while a list cannot be read, and refuse every request until then
 * @param maxShrinkPercent the share of its entries that a list may lose at once, in percent; 100 for all of them
 * @param maxStaleness the greatest age of the last complete reading, or null for no limit
 * @param digests the kinds of digests that may be listed
 */
public record ReloadPolicy(
        boolean allowEmpty,
        boolean startWithout,
        int maxShrinkPercent,
        @Nullable Duration maxStaleness,
        Digests digests) {

    /** The kinds of digests that may be listed, depending on what a proxy sends of a certificate. */
    public enum Digests {
        /** Every kind: the proxy sends the certificate itself, or there is no proxy. */
        ANY,
        /** SHA-256 thumbprints, and nothing else is known of a certificate. */
        SHA256,
        /** Thumbprints of one algorithm, the same in all lists, and nothing else is known of a certificate. */
        ONE_ALGORITHM
    }

    /** Makes a policy that allows every kind of entry. */
    public ReloadPolicy(
            boolean allowEmpty, boolean startWithout, int maxShrinkPercent, @Nullable Duration maxStaleness) {
        this(allowEmpty, startWithout, maxShrinkPercent, maxStaleness, Digests.ANY);
    }

    /** Policy without limits, except that there must be a list with entries at start-up. */
    public static final ReloadPolicy STRICT = new ReloadPolicy(false, false, 100, null);

    /** Returns whether a list may not shrink from one size to another at once. */
    boolean forbidsShrinking(int before, int now) {
        return (before - (long) now) * 100 > (long) maxShrinkPercent * before;
    }

    /** Returns whether an age in nanoseconds exceeds {@code maxStaleness}. */
    boolean isTooLong(long nanos) {
        return maxStaleness != null && nanos > maxStaleness.toNanos();
    }
}
