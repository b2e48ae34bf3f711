/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that stands still until it is moved. */
public final class MovableClock implements InstantSource {

    private volatile Instant now;

    /** Makes a clock that shows this instant. */
    public MovableClock(Instant now) {
        this.now = now;
    }

    /** Sets the clock. */
    public void set(Instant instant) {
        now = instant;
    }

    /** Moves the clock on. */
    public void advance(Duration duration) {
        now = now.plus(duration);
    }

    @Override
    public Instant instant() {
        return now;
    }
}
