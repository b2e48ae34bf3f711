/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.verdict.Verdict;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reminds the administrator once a day that a gate does not enforce, with the number of requests it let pass.
 *
 * <p>Safe to share between threads.
 */
public final class DailyReminder implements GateListener {

    private static final long DAY = Duration.ofDays(1).toMillis();

    private final System.Logger logger = System.getLogger(DailyReminder.class.getName());
    private final String mode;
    private final InstantSource clock;
    private final AtomicLong passed = new AtomicLong();
    private final AtomicLong last;

    /**
     * Makes the reminder; the first one is due in a day.
     *
     * @param mode the mode of the gate, as written in the settings
     * @param clock tells when a day has gone
     */
    public DailyReminder(String mode, InstantSource clock) {
        this.mode = mode;
        this.clock = clock;
        this.last = new AtomicLong(clock.millis());
    }

    @Override
    public void admitted(Verdict.Admitted verdict) {
        remindIfDue();
    }

    @Override
    public void exempt(Verdict.Exempt verdict) {
        remindIfDue();
    }

    @Override
    public void refused(Refusal refusal) {
        if (!refusal.verdict().enforced()) {
            passed.incrementAndGet();
        }
        remindIfDue();
    }

    /** A clock that was set back a long way makes it due too, else it would be silent for as long. */
    private void remindIfDue() {
        long now = clock.millis();
        long before = last.get();
        if (Math.abs(now - before) >= DAY && last.compareAndSet(before, now)) {
            logger.log(
                    Level.WARNING,
                    "TK-411 mode=" + mode + ": nothing is refused; " + passed.get()
                            + " requests have passed that mode=enforce would have refused");
        }
    }
}
