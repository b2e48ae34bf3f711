/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static io.github.thumbkeeper.GateFixture.ALICE;
import static io.github.thumbkeeper.GateFixture.MALLORY;
import static io.github.thumbkeeper.GateFixture.assertAdmitted;
import static io.github.thumbkeeper.GateFixture.assertRefused;
import static io.github.thumbkeeper.GateFixture.decideAlice;
import static io.github.thumbkeeper.GateFixture.sneak;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.observe.GateListener;
import io.github.thumbkeeper.observe.Refusal;
import io.github.thumbkeeper.testkit.ForeignCertificate;
import io.github.thumbkeeper.verdict.ErrorTemplate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.security.cert.CertificateEncodingException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that the gate fails closed: every failure is a refusal, never a pass and never an exception (CVE-2024-52316). */
class GateFailureTest {

    private final GateFixture fixture = new GateFixture();

    static Stream<Throwable> failures() {
        return GateFixture.failures();
    }

    @ParameterizedTest(name = "{0} from the request (CVE-2024-52316)")
    @MethodSource("failures")
    void refusesIfTheRequestFails(Throwable failure) {
        assertFailedClosed(FakeExchange.calling(() -> sneak(failure)), failure);
        fixture.exclude = List.of("/public/*");
        assertFailedClosed(FakeExchange.of(ALICE.certificate()).path(() -> sneak(failure)), failure);
        fixture.corsPreflight = true;
        assertFailedClosed(
                FakeExchange.of(ALICE.certificate()).path("", "/", "/").method(() -> sneak(failure)), failure);
    }

    @ParameterizedTest(name = "{0} from the certificate (CVE-2024-52316, row 131)")
    @MethodSource("failures")
    void refusesIfTheCertificateFails(Throwable failure) {
        assertFailedClosed(FakeExchange.of(new ForeignCertificate(ALICE.certificate(), () -> sneak(failure))), failure);
        fixture.anonymous = true;
        assertFailedClosed(FakeExchange.calling(() -> sneak(failure)), failure);
    }

    @ParameterizedTest(name = "{0} from the clock (CVE-2024-52316)")
    @MethodSource("failures")
    void refusesIfTheClockFails(Throwable failure) {
        fixture.time = () -> sneak(failure);

        assertFailedClosed(FakeExchange.of(ALICE.certificate()), failure);
    }

    @ParameterizedTest(name = "{0} from a listener does not change the verdict (row 154)")
    @MethodSource("failures")
    void listenersCannotChangeTheVerdict(Throwable failure) {
        fixture.first = new Breaking(failure);
        fixture.exclude = List.of("/public/*");
        Gate gate = fixture.open();

        assertRefused(gate.decide(FakeExchange.of(MALLORY.certificate())), Reason.NOT_LISTED);
        assertAdmitted(decideAlice(gate));
        assertThat(gate.decide(FakeExchange.withoutCertificate().path("", "/public/x", "/public/x")))
                .isEqualTo(Verdict.Exempt.EXCLUDED_PATH);
        assertThat(fixture.counters.refused(Reason.NOT_LISTED)).isEqualTo(1);
        assertThat(fixture.counters.admitted()).isEqualTo(1);
        assertThat(fixture.counters.exempt()).isEqualTo(1);
    }

    @ParameterizedTest(name = "{0} while the refusal is created")
    @MethodSource("failures")
    void refusesEvenIfTheRefusalCannotBeCreated(Throwable failure) {
        fixture.errors = failingAfter(Reason.NOT_LISTED, failure);
        Gate gate = fixture.open();

        assertRefused(gate.decide(FakeExchange.of(MALLORY.certificate())), Reason.INTERNAL);
        assertThat(fixture.refusals).hasSize(1);
    }

    @Test
    @DisplayName("a certificate without a DER encoding is refused (row 131)")
    void refusesCertificateThatCannotBeEncoded() {
        Callable<byte[]> broken = () -> {
            throw new CertificateEncodingException("broken");
        };

        assertRefused(decideForeign(broken), Reason.MALFORMED);
        assertRefused(decideForeign(() -> null), Reason.INTERNAL);
        assertRefused(decideForeign(() -> new byte[0]), Reason.NOT_LISTED);
    }

    @Test
    @DisplayName("a request whose properties throw is logged too")
    void logsRequestsThatCannotBeDescribed() {
        FakeExchange exchange = FakeExchange.of(MALLORY.certificate()).method(() -> sneak(new IllegalStateException()));

        assertRefused(fixture.open().decide(exchange), Reason.NOT_LISTED);
        assertThat(fixture.counters.refused(Reason.NOT_LISTED)).isEqualTo(1);
        assertThat(fixture.refusals.get(0).method()).isEqualTo("?");
    }

    private Verdict decideForeign(Callable<byte[]> encoded) {
        return fixture.open().decide(FakeExchange.of(new ForeignCertificate(ALICE.certificate(), encoded)));
    }

    private void assertFailedClosed(FakeExchange exchange, Throwable failure) {
        fixture.refusals.clear();

        assertRefused(fixture.open().decide(exchange), Reason.INTERNAL);
        assertThat(fixture.refusals).as("what the listeners are told").hasSize(1);
        assertThat(fixture.refusals.get(0).failure()).isSameAs(failure);
    }

    /** Fails after the first call, as if memory were exhausted. */
    private static Function<Reason, ErrorTemplate> failingAfter(Reason trigger, Throwable failure) {
        boolean[] gone = new boolean[1];
        return reason -> {
            gone[0] |= reason == trigger;
            return gone[0] ? sneak(failure) : GateFixture.template(reason);
        };
    }

    private record Breaking(Throwable failure) implements GateListener {
        @Override
        public void admitted(Verdict.Admitted verdict) {
            sneak(failure);
        }

        @Override
        public void exempt(Verdict.Exempt verdict) {
            sneak(failure);
        }

        @Override
        public void refused(Refusal refusal) {
            sneak(failure);
        }
    }
}
