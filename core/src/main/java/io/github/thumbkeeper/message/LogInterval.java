/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Limits the log lines about one fact to one in each interval.
 *
 * <pre>{@code
 * private final LogInterval hourly = new LogInterval(LogInterval.HOUR);
 *
 * if (hourly.isDue(clock.instant())) {
 *     logger.log(Level.WARNING, "TK-322 …");
 * }
 * }</pre>
 *
 * <p>Thread-safe: of several threads for which a line is due at the same time, one logs it.
 */
public final class LogInterval {

    /** The interval of warnings about a fact that lasts. */
    public static final Duration HOUR = Duration.ofHours(1);

    private static final long NEVER = Long.MIN_VALUE;

    private final long interval;
    private final AtomicLong last = new AtomicLong(NEVER);

    /** Creates an interval; the first line is due at once. */
    public LogInterval(Duration interval) {
        this.interval = interval.toMillis();
    }

    /** Creates an interval that starts at a moment; the first line is due at its end. */
    public LogInterval(Duration interval, Instant start) {
        this(interval);
        last.set(start.toEpochMilli());
    }

    /** Returns whether a line is due, and if so, starts the next interval. */
    public boolean isDue(Instant now) {
        return isDue(now.toEpochMilli());
    }

    /**
     * Returns whether a line is due, and if so, starts the next interval. A clock that was set back makes it due too, otherwise
     * there would be no line until the clock has caught up.
     *
     * @param now the current time, in milliseconds since 1970
     */
    public boolean isDue(long now) {
        long before = last.get();
        boolean due = before == NEVER || Math.abs(now - before) >= interval;
        return due && last.compareAndSet(before, now);
    }
}
