/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.message.LogInterval;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs outages, in which every request gets 503: when an outage begins, every hour while it lasts, and when it ends.
 *
 * <p>Requests trigger it as well as refreshes, since a refresh that hangs reports nothing. Thread-safe.
 */
public final class OutageLog implements GateListener {

    private final System.Logger logger = LogTopic.GATE.logger();
    private final GateName gate;
    private final Supplier<String> list;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Outage> current = new AtomicReference<>();

    private record Outage(Reason reason, LogInterval interval) {}

    /**
     * Creates the log.
     *
     * @param gate the name of the gate
     * @param list returns the stores and their state, for the message
     * @param clock the clock that measures the hour
     */
    public OutageLog(GateName gate, Supplier<String> list, InstantSource clock) {
        this.gate = gate;
        this.list = list;
        this.clock = clock;
    }

    @Override
    public void refused(Refusal refusal) {
        if (refusal.verdict().reason().isOutage()) {
            logIfDue(refusal.verdict());
        }
    }

    @Override
    public void refreshed(Verdict.@Nullable Refused outage) {
        if (outage != null) {
            logIfDue(outage);
        } else if (current.getAndSet(null) != null) {
            logger.log(
                    Level.INFO,
                    gate.after("TK-311 the outage is over, requests are decided again") + "; listed: " + list.get());
        }
    }

    private void logIfDue(Verdict.Refused verdict) {
        Outage outage = current.get();
        if (outage == null || outage.reason() != verdict.reason()) {
            Outage begun = new Outage(verdict.reason(), new LogInterval(LogInterval.HOUR));
            if (!current.compareAndSet(outage, begun)) {
                // Another thread logs it.
                return;
            }
            outage = begun;
        }
        if (outage.interval().isDue(clock.millis())) {
            logger.log(
                    Level.ERROR,
                    gate.after(verdict.reason().code() + " every request gets 503: "
                                    + verdict.reason().text())
                            + "; listed: " + list.get() + "; urn:uuid:"
                            + verdict.response().id());
        }
    }
}
