/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that only a test advances. */
public final class MovableClock implements InstantSource {

    private volatile Instant now;
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);

    /** Makes a clock that shows this instant. */
    public MovableClock(Instant now) {
        this.now = now;
    }

    /** Sets the clock. */
    public void set(Instant instant) {
        now = instant;
    }

    /** Advances the clock. */
    public void advance(Duration duration) {
        nanos.addAndGet(duration.toNanos());
        now = now.plus(duration);
    }

    /** Returns the monotonic clock in nanoseconds, which setting the time does not change; like System.nanoTime it may overflow. */
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return now;
    }
}
