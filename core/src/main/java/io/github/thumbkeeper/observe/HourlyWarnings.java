/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.message.LogInterval;
import io.github.thumbkeeper.message.SafeText;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Warns about requests that deserve the administrator's attention although they are not refused: those with an ignored proxy
 * header or chain, and those admitted without a revocation status. Logs the first such request, then at most one line an hour with the number
 * so far.
 *
 * <p>Thread-safe.
 */
public final class HourlyWarnings implements GateListener {

    private final System.Logger logger = System.getLogger(HourlyWarnings.class.getName());
    private final InstantSource clock;
    private final Count headersIgnored = new Count();
    private final Count chainsIgnored = new Count();
    private final Count softFailures = new Count();

    /** Number of requests of one kind, and the interval of its log lines. */
    private static final class Count {
        private final AtomicLong number = new AtomicLong();
        private final LogInterval interval = new LogInterval(LogInterval.HOUR);
    }

    /**
     * Creates the listener.
     *
     * @param clock the clock that measures the hour
     */
    public HourlyWarnings(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public void headerIgnored(String peer) {
        long number = headersIgnored.number.incrementAndGet();
        if (headersIgnored.interval.isDue(clock.millis())) {
            logger.log(
                    Level.WARNING,
                    "TK-331 " + number
                            + " requests with a certificate header did not come from a trusted proxy, the last from "
                            + SafeText.quoted(peer)
                            + "; the header was ignored and removed. If this is your proxy, add it to trustedProxies");
        }
    }

    @Override
    public void chainIgnored(String peer, String why) {
        long number = chainsIgnored.number.incrementAndGet();
        if (chainsIgnored.interval.isDue(clock.millis())) {
            logger.log(
                    Level.WARNING,
                    "TK-332 " + number + (number == 1 ? " request" : " requests")
                            + " came with a chain of certificates that cannot be read, the last from "
                            + SafeText.quoted(peer) + ": " + why
                            + "; it was ignored, because validateTrust is not set and only the first certificate counts");
        }
    }

    @Override
    public void softFailed() {
        long number = softFailures.number.incrementAndGet();
        if (softFailures.interval.isDue(clock.millis())) {
            logger.log(
                    Level.WARNING,
                    "TK-322 revocationSoftFail=true: " + number
                            + " requests were admitted although the revocation status of their certificate is unknown");
        }
    }
}
