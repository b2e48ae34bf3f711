/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counters of decisions, by verdict and reason.
 *
 * <p>Thread-safe without a lock. Each decision is counted once, by one addition; a sum that is read meanwhile may lack decisions that
 * other threads are counting, and none of those before.
 */
public final class Counters implements GateListener {

    private final LongAdder admitted = new LongAdder();
    private final LongAdder exempt = new LongAdder();
    private final LongAdder reported = new LongAdder();
    private final LongAdder softFails = new LongAdder();
    private final LongAdder headersIgnored = new LongAdder();
    private final Map<Reason, LongAdder> refused = new EnumMap<>(Reason.class);

    /** Creates counters that start at zero. */
    public Counters() {
        for (Reason reason : Reason.values()) {
            refused.put(reason, new LongAdder());
        }
    }

    @Override
    public void admitted(Verdict.Admitted verdict) {
        admitted.increment();
    }

    @Override
    public void exempt(Verdict.Exempt verdict) {
        exempt.increment();
    }

    @Override
    public void refused(Refusal refusal) {
        of(refusal.verdict().reason()).increment();
        if (!refusal.verdict().enforced()) {
            reported.increment();
        }
    }

    @Override
    public void softFailed() {
        softFails.increment();
    }

    @Override
    public void headerIgnored(String peer) {
        headersIgnored.increment();
    }

    /** Returns the number of requests whose certificate header was ignored because their peer is not trusted. */
    public long headersIgnored() {
        return headersIgnored.sum();
    }

    /** Returns the number of times a certificate was admitted although its revocation status is unknown. */
    public long softFails() {
        return softFails.sum();
    }

    /** Returns the number of admitted requests. */
    public long admitted() {
        return admitted.sum();
    }

    /** Returns the number of requests that passed because they need no certificate. */
    public long exempt() {
        return exempt.sum();
    }

    /** Returns the number of requests that passed although they would have been refused, because the gate does not enforce. */
    public long reported() {
        return reported.sum();
    }

    /** Returns the number of requests refused for a reason, including those that passed because the gate does not enforce. */
    public long refused(Reason reason) {
        return of(reason).sum();
    }

    /** Returns the number of requests refused for any reason. */
    public long refused() {
        return refused.values().stream().mapToLong(LongAdder::sum).sum();
    }

    @SuppressWarnings("NullAway") // the constructor adds a counter for every reason
    private LongAdder of(Reason reason) {
        return refused.get(reason);
    }
}
