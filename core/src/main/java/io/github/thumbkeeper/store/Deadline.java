/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The moment until which a reading must be over. */
public final class Deadline {

    private final Duration limit;
    private final LongSupplier ticker;
    private final long start;

    /**
     * Begins to count.
     *
     * @param ticker nanoseconds that never run backwards
     */
    public Deadline(Duration limit, LongSupplier ticker) {
        this.limit = limit;
        this.ticker = ticker;
        this.start = ticker.getAsLong();
    }

    /** Returns the time that is left; negative if it is over. */
    public Duration left() {
        return limit.minusNanos(ticker.getAsLong() - start);
    }
}
