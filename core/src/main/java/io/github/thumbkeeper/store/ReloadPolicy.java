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
 * @param sha256Only whether only SHA-256 thumbprints may be listed, because a proxy sends nothing else of a certificate
 */
public record ReloadPolicy(
        boolean allowEmpty,
        boolean startWithout,
        int maxShrinkPercent,
        @Nullable Duration maxStaleness,
        boolean sha256Only) {

    /** Makes a policy that allows every kind of entry. */
    public ReloadPolicy(
            boolean allowEmpty, boolean startWithout, int maxShrinkPercent, @Nullable Duration maxStaleness) {
        this(allowEmpty, startWithout, maxShrinkPercent, maxStaleness, false);
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
