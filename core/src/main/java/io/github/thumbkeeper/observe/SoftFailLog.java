/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells the log that requests pass without anybody knowing whether their certificate is revoked: at the first, and at most once an
 * hour.
 *
 * <p>Safe to share between threads.
 */
public final class SoftFailLog implements GateListener {

    private static final Duration REMINDER = Duration.ofHours(1);

    private final System.Logger logger = System.getLogger(SoftFailLog.class.getName());
    private final InstantSource clock;
    private final AtomicLong passed = new AtomicLong();
    private final AtomicReference<@Nullable Instant> told = new AtomicReference<>();

    /**
     * Makes the log.
     *
     * @param clock tells when an hour has gone
     */
    public SoftFailLog(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void overlooked() {
        long count = passed.incrementAndGet();
        Instant last = told.get();
        Instant now = clock.instant();
        boolean due = last == null || Duration.between(last, now).abs().compareTo(REMINDER) >= 0;
        if (due && told.compareAndSet(last, now)) {
            logger.log(
                    Level.WARNING,
                    "TK-322 revocationSoftFail=true: " + count
                            + " requests have passed although nobody could tell whether"
                            + " their certificate is revoked");
        }
    }
}
