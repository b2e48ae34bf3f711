/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.fakes.Refusals;
import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DailyReminderTest {

    private final CapturedLog log = new CapturedLog();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-06-01T12:00:00Z"));
    private final DailyReminder reminder = new DailyReminder(new GateName("Catalina/localhost/app"), "report", clock);

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    void remindsOnceADayWithTheCount() {
        for (int hour = 0; hour < 72; hour++) {
            reminder.refused(refusal(false));
            reminder.refused(refusal(true));
            clock.advance(Duration.ofHours(1));
        }

        assertThat(log.lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("WARNING TK-411 mode=report: no request is refused")
                        && line.endsWith("; gate [Catalina/localhost/app]"));
        assertThat(log.lines().get(0)).contains("; 25 requests passed");
        assertThat(log.lines().get(1)).contains("; 49 requests passed");
    }

    private static Refusal refusal(boolean enforced) {
        Verdict.Refused verdict = Refusals.verdict(Reason.NOT_LISTED, enforced);
        return new Refusal(verdict, "GET", "/app/orders", "192.0.2.7", null, null);
    }

    @Test
    @DisplayName("a reminder is logged even if no request would have been refused")
    void remindsIfNoRequestWouldBeRefused() {
        clock.advance(Duration.ofDays(1));
        reminder.admitted(new Verdict.Admitted(new Identity("alice", null, Set.of(), "")));
        clock.advance(Duration.ofDays(1));
        reminder.exempt(Verdict.Exempt.EXCLUDED_PATH);

        assertThat(log.lines()).hasSize(2).allMatch(line -> line.contains("; 0 requests passed"));
    }

    @Test
    @DisplayName("a clock set back does not suppress the reminder (row 155)")
    void remindsAfterTheClockWasSetBack() {
        clock.set(Instant.EPOCH);
        reminder.refused(Refusals.of(Reason.NOT_LISTED, null));

        assertThat(log.lines()).hasSize(1);
    }
}
