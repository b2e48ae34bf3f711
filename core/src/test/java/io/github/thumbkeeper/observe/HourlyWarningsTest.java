/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.message.GateName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HourlyWarningsTest {

    private final CapturedLog log = new CapturedLog();
    private final MovableClock clock = new MovableClock(Instant.parse("2026-06-01T12:00:00Z"));
    private final HourlyWarnings warnings = new HourlyWarnings(new GateName("Catalina/localhost/app"), clock);

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    void countsIgnoredHeadersAndSoftFailuresApart() {
        warnings.headerIgnored("192.0.2.7");
        warnings.softFailed();
        warnings.headerIgnored("192.0.2.8");
        clock.advance(Duration.ofHours(1));
        warnings.softFailed();
        warnings.headerIgnored("192.0.2.9");

        assertThat(log.lines()).allMatch(line -> line.endsWith("; gate [Catalina/localhost/app]"));
        assertThat(log.lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("WARNING TK-331 1 request ")
                                .contains("[192.0.2.7]"),
                        line -> assertThat(line).startsWith("WARNING TK-322 revocationSoftFail=true: 1 request"),
                        line -> assertThat(line).startsWith("WARNING TK-322 revocationSoftFail=true: 2 requests"),
                        line -> assertThat(line)
                                .startsWith("WARNING TK-331 3 requests")
                                .contains("[192.0.2.9]"));
    }
}
