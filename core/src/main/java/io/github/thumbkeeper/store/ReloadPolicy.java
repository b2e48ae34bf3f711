/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When what a store lists comes into force, and for how long it stays.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param allowEmpty whether to start with a store that lists nothing
 * @param startWithout whether to start while a store cannot be read, without any list
 * @param maxShrinkPercent the share of its entries that a store may lose at once, in percent; 100 for all of them
 * @param maxStaleness how long ago a store may have been read completely for the last time, or null for any time
 * @param sha256Only whether nothing but SHA-256 thumbprints may be listed, because nothing else of a certificate is known
 */
public record ReloadPolicy(
        boolean allowEmpty,
        boolean startWithout,
        int maxShrinkPercent,
        @Nullable Duration maxStaleness,
        boolean sha256Only) {

    /** Makes rules under which any kind of entry may be listed. */
    public ReloadPolicy(
            boolean allowEmpty, boolean startWithout, int maxShrinkPercent, @Nullable Duration maxStaleness) {
        this(allowEmpty, startWithout, maxShrinkPercent, maxStaleness, false);
    }

    /** No guard but the one against starting without a list. */
    public static final ReloadPolicy STRICT = new ReloadPolicy(false, false, 100, null);

    boolean forbidShrinking(int before, int now) {
        return (before - (long) now) * 100 > (long) maxShrinkPercent * before;
    }

    /** Returns whether this many nanoseconds are too long ago. */
    boolean isTooLong(long nanos) {
        return maxStaleness != null && nanos > maxStaleness.toNanos();
    }
}
