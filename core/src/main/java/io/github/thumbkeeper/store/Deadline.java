/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Time limit of a reading. Immutable and thread-safe. */
public final class Deadline {

    private final Duration limit;
    private final LongSupplier ticker;
    private final long start;

    /**
     * Starts the time limit now.
     *
     * @param ticker a monotonic clock, such as {@link System#nanoTime}
     */
    public Deadline(Duration limit, LongSupplier ticker) {
        this.limit = limit;
        this.ticker = ticker;
        this.start = ticker.getAsLong();
    }

    /** Returns the remaining time; negative after the limit. */
    public Duration left() {
        return limit.minusNanos(ticker.getAsLong() - start);
    }
}
