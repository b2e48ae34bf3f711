/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

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
    private final AtomicLong next;

    /**
     * Makes the reminder; the first one is due in a day.
     *
     * @param mode the mode of the gate, as written in the settings
     * @param clock tells when a day has gone
     */
    public DailyReminder(String mode, InstantSource clock) {
        this.mode = mode;
        this.clock = clock;
        this.next = new AtomicLong(clock.millis() + DAY);
    }

    @Override
    public void refused(Refusal refusal) {
        long count = passed.incrementAndGet();
        long now = clock.millis();
        long due = next.get();
        if (now >= due && next.compareAndSet(due, now + DAY)) {
            logger.log(
                    Level.WARNING,
                    "TK-411 mode=" + mode + ": nothing is refused; " + count
                            + " requests have passed that mode=enforce would have refused");
        }
    }
}
