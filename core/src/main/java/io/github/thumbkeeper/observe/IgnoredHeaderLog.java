/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.certificate.Printable;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Tells the log that somebody who is not a trusted proxy sends the header of one: at the first, and at most once an hour.
 *
 * <p>Safe to share between threads.
 */
public final class IgnoredHeaderLog implements GateListener {

    private static final Duration REMINDER = Duration.ofHours(1);

    private final System.Logger logger = System.getLogger(IgnoredHeaderLog.class.getName());
    private final InstantSource clock;
    private final AtomicLong ignored = new AtomicLong();
    private final AtomicReference<@Nullable Instant> told = new AtomicReference<>();

    /**
     * Makes the log.
     *
     * @param clock tells when an hour has gone
     */
    public IgnoredHeaderLog(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void headerIgnored(String peer) {
        long count = ignored.incrementAndGet();
        Instant last = told.get();
        Instant now = clock.instant();
        boolean due = last == null || Duration.between(last, now).abs().compareTo(REMINDER) >= 0;
        if (due && told.compareAndSet(last, now)) {
            logger.log(
                    Level.WARNING,
                    "TK-331 " + count
                            + " requests have had a certificate header although they do not come from a trusted"
                            + " proxy, the last from " + Printable.quoted(peer)
                            + "; it was ignored and removed. If that is a proxy of yours, it belongs into trustedProxies");
        }
    }
}
