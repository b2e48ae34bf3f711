/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbkeeperMetricsTest {

    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ThumbkeeperMetrics metrics = new ThumbkeeperMetrics();

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    @DisplayName("counts decisions by outcome and code, and measures the list")
    void counts() throws Exception {
        try (OpenedGate gate = gate("orders", "enforce")) {
            metrics.bindTo(registry);
            // Micrometer refers to the source of a number only weakly.
            System.gc();
            gate.decide(OpenedGate.ALICE);
            gate.decide(BOB);
            gate.decide(BOB);

            assertThat(requests("orders", "admitted", "none")).isEqualTo(1);
            assertThat(requests("orders", "refused", "TK-101")).isEqualTo(2);
            assertThat(requests("orders", "refused", "TK-102")).isZero();
            assertThat(gauge("thumbkeeper.list.entries")).isEqualTo(1);
            assertThat(gauge("thumbkeeper.entries.unmatched")).isZero();
            assertThat(gauge("thumbkeeper.gate.up")).isEqualTo(1);
            assertThat(gauge("thumbkeeper.store.failing")).isZero();
            assertThat(gauge("thumbkeeper.store.age")).isNotNegative();
            assertThat(gauge("thumbkeeper.certificate.expiry")).isBetween(20 * 86_400d, 31 * 86_400d);
        }
    }

    @Test
    @DisplayName("what passes in the mode report is counted as reported")
    void reports() throws Exception {
        try (OpenedGate gate = gate("trial", "report")) {
            metrics.bindTo(registry);
            gate.decide(BOB);
            assertThat(requests("trial", "reported", "TK-101")).isEqualTo(1);
            assertThat(registry.find("thumbkeeper.requests")
                            .tag("outcome", "refused")
                            .tag("code", "TK-101")
                            .meter())
                    .isNull();
        }
    }

    @Test
    @DisplayName("follows gates that start and end later, and removes every meter at its own end")
    void follows() throws Exception {
        metrics.bindTo(registry);
        assertThat(registry.getMeters()).isEmpty();
        try (OpenedGate gate = gate("late", "enforce")) {
            gate.decide(OpenedGate.ALICE);
            assertThat(requests("late", "admitted", "none")).isEqualTo(1);
        }
        assertThat(registry.getMeters()).isEmpty();

        try (OpenedGate other = gate("other", "enforce")) {
            other.decide(BOB);
            assertThat(registry.getMeters()).isNotEmpty();
            metrics.close();
            assertThat(registry.getMeters()).isEmpty();
        }
    }

    private OpenedGate gate(String name, String mode) throws Exception {
        return new OpenedGate(name, directory.resolve("clients"), mode);
    }

    private double requests(String gate, String outcome, String code) {
        return registry.get("thumbkeeper.requests")
                .tags("gate", gate, "outcome", outcome, "code", code)
                .functionCounter()
                .count();
    }

    private double gauge(String name) {
        return registry.get(name).meter().measure().iterator().next().getValue();
    }
}
