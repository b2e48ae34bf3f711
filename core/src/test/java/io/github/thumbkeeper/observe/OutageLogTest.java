/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.fakes.Refusals;
import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.verdict.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutageLogTest {

    private final CapturedLog log = new CapturedLog();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-06-01T12:00:00Z"));
    private final OutageLog outages =
            new OutageLog(new GateName("Catalina/localhost/app"), () -> "[one] not read yet", clock);

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    void logsTheBeginningEveryHourAndTheEnd() {
        for (int minute = 0; minute < 120; minute++) {
            outages.refreshed(Refusals.verdict(Reason.STALE_LIST, true));
            outages.refused(Refusals.of(Reason.STALE_LIST, null));
            clock.advance(Duration.ofMinutes(1));
        }
        outages.refreshed(null);
        outages.refreshed(null);

        String begin = "SEVERE TK-310 every request gets 503: " + Reason.STALE_LIST.text()
                + "; gate [Catalina/localhost/app]; listed: [one] not read yet; urn:uuid:" + Refusals.ID;
        assertThat(log.lines())
                .containsExactly(
                        begin,
                        begin,
                        "INFO TK-311 the outage is over, requests are decided again; gate [Catalina/localhost/app]; listed: [one] not read yet");
    }

    @Test
    @DisplayName("a refusal for another reason is not an outage, and without an outage no end is logged")
    void isSilentOtherwise() {
        outages.refused(Refusals.of(Reason.NOT_LISTED, null));
        outages.refused(Refusals.of(Reason.INTERNAL, null));
        outages.refreshed(null);

        assertThat(log.lines()).isEmpty();
    }

    @Test
    @DisplayName("a clock set back does not suppress lines (row 155)")
    void remindsAfterTheClockWasSetBack() {
        outages.refreshed(Refusals.verdict(Reason.NO_LIST, true));
        clock.set(Instant.EPOCH);
        outages.refreshed(Refusals.verdict(Reason.NO_LIST, true));

        assertThat(log.lines()).hasSize(2);
    }
}
