/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Counts something, and tells of it at the first and at most once an hour. Safe to share between threads. */
final class HourlyWarning {

    private static final Duration HOUR = Duration.ofHours(1);

    private final InstantSource clock;
    private final AtomicLong count = new AtomicLong();
    private final AtomicReference<@Nullable Instant> told = new AtomicReference<>();

    /**
     * Begins at zero.
     *
     * @param clock tells when an hour has gone
     */
    HourlyWarning(InstantSource clock) {
        this.clock = clock;
    }

    /** Counts one more; if it is time, tells how many there have been. A clock that was set back makes it time too. */
    void add(LongConsumer news) {
        long now = count.incrementAndGet();
        Instant last = told.get();
        Instant time = clock.instant();
        boolean due = last == null || Duration.between(last, time).abs().compareTo(HOUR) >= 0;
        if (due && told.compareAndSet(last, time)) {
            news.accept(now);
        }
    }
}
