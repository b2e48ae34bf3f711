/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the log that every request gets 503: once when it begins, every hour while it lasts, and when it ends.
 *
 * <p>Requests tell of it too, since a look at the stores that never comes back cannot. Safe to share between threads.
 */
public final class OutageLog implements GateListener {

    private static final Duration REMINDER = Duration.ofHours(1);

    private final System.Logger logger = System.getLogger(OutageLog.class.getName());
    private final Supplier<String> list;
    private final InstantSource clock;
    private final AtomicReference<@Nullable Told> told = new AtomicReference<>();

    private record Told(Reason reason, Instant at) {}

    /**
     * Makes the log.
     *
     * @param list says how the stores are
     * @param clock tells when an hour has gone
     */
    public OutageLog(Supplier<String> list, InstantSource clock) {
        this.list = list;
        this.clock = clock;
    }

    @Override
    public void refused(Refusal refusal) {
        if (refusal.verdict().reason().isOutage()) {
            lasts(refusal.verdict());
        }
    }

    @Override
    public void refreshed(Verdict.@Nullable Refused outage) {
        if (outage != null) {
            lasts(outage);
        } else if (told.getAndSet(null) != null) {
            logger.log(Level.INFO, "TK-311 the outage is over, requests are judged again; listed: " + list.get());
        }
    }

    private void lasts(Verdict.Refused outage) {
        Told before = told.get();
        Instant now = clock.instant();
        if (isDue(before, outage.reason(), now) && told.compareAndSet(before, new Told(outage.reason(), now))) {
            logger.log(
                    Level.ERROR,
                    outage.reason().code() + " every request gets 503: "
                            + outage.reason().text() + "; listed: " + list.get() + "; urn:uuid:"
                            + outage.response().id());
        }
    }

    private static boolean isDue(@Nullable Told before, Reason reason, Instant now) {
        return before == null
                || before.reason() != reason
                || Duration.between(before.at(), now).abs().compareTo(REMINDER) >= 0;
    }
}
