/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.message.Counted;
import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.message.LogInterval;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.message.SafeText;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Warns about requests that deserve the administrator's attention although they are not refused: those with an ignored proxy
 * header or chain, those admitted without a revocation status, and those that do not get the roles of a rule. Logs the first such
 * request, then at most one line an hour with the number so far.
 *
 * <p>Thread-safe.
 */
public final class HourlyWarnings implements GateListener {

    private final System.Logger logger = LogTopic.GATE.logger();
    private final System.Logger proxies = LogTopic.PROXY.logger();
    private final System.Logger revocation = LogTopic.REVOCATION.logger();
    private final GateName gate;
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
     * @param gate the name of the gate
     * @param clock the clock that measures the hour
     */
    public HourlyWarnings(GateName gate, InstantSource clock) {
        this.gate = gate;
        this.clock = clock;
    }

    @Override
    public void headerIgnored(String peer) {
        long number = headersIgnored.number.incrementAndGet();
        if (headersIgnored.interval.isDue(clock.millis())) {
            proxies.log(
                    Level.WARNING,
                    gate.after("TK-331 " + Counted.of(number, "requests")
                            + " with a certificate header did not come from a trusted proxy, the last from "
                            + SafeText.quoted(peer)
                            + "; the header was ignored and removed. If this is your proxy, add it to trustedProxies"));
        }
    }

    @Override
    public void rolesHidden(String rule) {
        logger.log(
                Level.WARNING,
                gate.after("TK-403 identities: the roles of rule " + SafeText.quoted(rule)
                        + " do not count for a certificate that it matches: the list has the certificate too and comes first,"
                        + " with its own roles; expected roleMapping instead"));
    }

    @Override
    public void chainIgnored(String peer, String why) {
        long number = chainsIgnored.number.incrementAndGet();
        if (chainsIgnored.interval.isDue(clock.millis())) {
            proxies.log(
                    Level.WARNING,
                    gate.after(
                            "TK-332 " + Counted.of(number, "requests")
                                    + " came with a chain of certificates that cannot be read, the last from "
                                    + SafeText.quoted(peer) + ": " + why
                                    + "; it was ignored, because validateTrust is not set and only the first certificate counts"));
        }
    }

    @Override
    public void softFailed() {
        long number = softFailures.number.incrementAndGet();
        if (softFailures.interval.isDue(clock.millis())) {
            revocation.log(
                    Level.WARNING,
                    gate.after("TK-322 revocationSoftFail=true: " + Counted.of(number, "requests")
                            + " passed although the revocation status of the certificate is unknown"));
        }
    }
}
