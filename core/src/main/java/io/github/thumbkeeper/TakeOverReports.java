/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.store.PendingLog;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Delivers the log lines and the listener calls of take-overs, after the lock of the gate is released.
 *
 * <p>A log handler or a listener may hang. Then the thread that delivers hangs with it, and no other: a second thread that has
 * something to deliver leaves it to the first one and goes on. So no handler can keep a removed certificate in force.
 *
 * <p>Thread-safe. Never throws.
 */
final class TakeOverReports {

    private final List<PendingLog> logs;
    private final Runnable listeners;
    private final AtomicInteger requests = new AtomicInteger();

    /**
     * Makes the reports.
     *
     * @param logs the lines that take-overs collect
     * @param listeners informs the listeners of the state of the gate
     */
    TakeOverReports(List<PendingLog> logs, Runnable listeners) {
        this.logs = List.copyOf(logs);
        this.listeners = listeners;
    }

    /** Delivers everything, or leaves it to the thread that is delivering now. The caller must not hold the lock of the gate. */
    void deliver() {
        if (requests.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        do {
            deliverOnce();
            // A request that came meanwhile may have found its lines not written yet.
            seen = requests.addAndGet(-seen);
        } while (seen > 0);
    }

    /** Catches everything: after an Error that left the counter above zero, no thread would ever deliver again. */
    private void deliverOnce() {
        try {
            logs.forEach(PendingLog::write);
            listeners.run();
        } catch (Throwable e) {
            // The next delivery writes the rest.
        }
    }
}
