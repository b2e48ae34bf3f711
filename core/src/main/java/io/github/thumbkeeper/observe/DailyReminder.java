/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.message.Counted;
import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.message.LogInterval;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.verdict.Verdict;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reminds the administrator once a day that a gate does not enforce, with the number of requests it let pass.
 *
 * <p>Thread-safe.
 */
public final class DailyReminder implements GateListener {

    private final System.Logger logger = LogTopic.GATE.logger();
    private final GateName gate;
    private final String mode;
    private final InstantSource clock;
    private final AtomicLong passed = new AtomicLong();
    private final LogInterval daily;

    /**
     * Creates the reminder; the first line is due in a day.
     *
     * @param gate the name of the gate
     * @param mode the mode of the gate, as written in the settings
     * @param clock the clock that measures the day
     */
    public DailyReminder(GateName gate, String mode, InstantSource clock) {
        this.gate = gate;
        this.mode = mode;
        this.clock = clock;
        this.daily = new LogInterval(Duration.ofDays(1), clock.instant());
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

    private void remindIfDue() {
        if (daily.isDue(clock.millis())) {
            logger.log(
                    Level.WARNING,
                    gate.after("TK-411 mode=" + mode + ": no request is refused; "
                            + Counted.of(passed.get(), "requests") + " passed that mode=enforce would have refused"));
        }
    }
}
