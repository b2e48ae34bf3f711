/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.CapturedLog;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnguardedHandshakesTest {

    private final @Nullable String before = System.getProperty(RunningGates.PROPERTY);
    private final CapturedLog log = new CapturedLog();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1000);
    private final UnguardedHandshakes handshakes = new UnguardedHandshakes(now::get);

    @BeforeEach
    void countNoGate() {
        System.clearProperty(RunningGates.PROPERTY);
    }

    @AfterEach
    void restore() {
        log.close();
        System.clearProperty(RunningGates.PROPERTY);
        if (before != null) {
            System.setProperty(RunningGates.PROPERTY, before);
        }
    }

    @Test
    void logsTheRemedyAtTheFirstCertificateWithoutAGate() {
        handshakes.reportIfNoGateRuns();

        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("SEVERE TK-419 ")
                .contains("<Engine>, <Host> or <Context>", "<Service> or <Connector>", "No rules found");
    }

    @Test
    void logsAgainOnlyAfterAnHour() {
        handshakes.reportIfNoGateRuns();
        now.addAndGet(Duration.ofHours(1).toNanos() - 1);
        handshakes.reportIfNoGateRuns();
        assertThat(log.lines()).hasSize(1);

        now.addAndGet(1);
        handshakes.reportIfNoGateRuns();
        handshakes.reportIfNoGateRuns();
        assertThat(log.lines()).hasSize(2);
    }

    @Test
    void logsNothingWhileAGateIsRunning() {
        RunningGates.started();
        RunningGates.started();
        RunningGates.stopped();

        handshakes.reportIfNoGateRuns();

        assertThat(log.lines()).isEmpty();
    }

    @Test
    void logsAfterTheLastGateHasStopped() {
        RunningGates.started();
        RunningGates.stopped();

        handshakes.reportIfNoGateRuns();

        assertThat(log.lines()).hasSize(1);
        assertThat(System.getProperty(RunningGates.PROPERTY)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"many", "", "-3", "99999999999"})
    void countsAGateDespiteAForeignValueOfTheProperty(String foreign) {
        System.setProperty(RunningGates.PROPERTY, foreign);
        handshakes.reportIfNoGateRuns();
        assertThat(log.lines()).hasSize(1);

        RunningGates.started();
        assertThat(System.getProperty(RunningGates.PROPERTY)).isEqualTo("1");

        RunningGates.stopped();
        assertThat(System.getProperty(RunningGates.PROPERTY)).isNull();
    }
}
