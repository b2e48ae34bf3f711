/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static io.github.thumbkeeper.GateFixture.ALICE;
import static io.github.thumbkeeper.GateFixture.MALLORY;
import static io.github.thumbkeeper.GateFixture.assertAdmitted;
import static io.github.thumbkeeper.GateFixture.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.observe.HourlyWarnings;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Checks requests with a certificate in a header, from trusted proxies and from other peers. */
class GateHeaderTest {

    private static final String PROXY = "10.0.0.7";
    private static final String STRANGER = "192.0.2.66";
    private static final String ALICES = ForwardedAs.NGINX.encode(ALICE.certificate());
    private static final String MALLORYS = ForwardedAs.NGINX.encode(MALLORY.certificate());

    private final GateFixture fixture = new GateFixture();

    GateHeaderTest() {
        fixture.source = GateFixture.nginxFrom("10.0.0.0/24");
    }

    @Test
    void refusesHeaderOfUntrustedPeerWithItsOwnReason() {
        Gate gate = fixture.open();
        FakeExchange mallory = header(FakeExchange.of(MALLORY.certificate()), STRANGER, ALICES);

        assertRefused(
                gate.decide(header(FakeExchange.withoutCertificate(), STRANGER, ALICES)),
                Reason.HEADER_FROM_UNTRUSTED_PEER);
        assertRefused(gate.decide(mallory), Reason.HEADER_FROM_UNTRUSTED_PEER);
        assertThat(fixture.counters.headersIgnored()).isEqualTo(2);
        assertThat(fixture.counters.refused(Reason.HEADER_FROM_UNTRUSTED_PEER)).isEqualTo(2);
        assertThat(fixture.refusals.get(1).certificate())
                .as("the log tells of the peer's own certificate, not of the one it claims")
                .isEqualTo(MALLORY.certificate());
    }

    @Test
    @DisplayName(
            "row 125: the header of an untrusted peer is counted and ignored, and the peer's own certificate decides")
    void admitsAPeerByItsOwnCertificateAndCountsItsHeader() {
        Gate gate = fixture.open();

        assertAdmitted(gate.decide(header(FakeExchange.of(ALICE.certificate()), STRANGER, MALLORYS)));
        assertThat(fixture.counters.headersIgnored()).isOne();
    }

    @Test
    void refusesUntrustedPeerWithoutHeaderWithTheOrdinaryReason() {
        Gate gate = fixture.open();

        assertRefused(gate.decide(FakeExchange.of(MALLORY.certificate()).peer(STRANGER)), Reason.NOT_LISTED);
        assertThat(fixture.counters.headersIgnored()).isZero();
    }

    @Test
    void decidesOnForwardedCertificateLikeOnAnyOther() {
        TestCertificate expired = TestCertificate.named("CN=old")
                .validUntil(GateFixture.NOW.minus(Duration.ofHours(1)))
                .build();
        fixture.store.lists(GateFixture.entry(ALICE), GateFixture.entry(expired));
        Gate gate = fixture.open();

        assertAdmitted(gate.decide(header(FakeExchange.withoutCertificate(), PROXY, ALICES)));
        assertRefused(gate.decide(header(FakeExchange.withoutCertificate(), PROXY, MALLORYS)), Reason.NOT_LISTED);
        assertRefused(
                gate.decide(header(
                        FakeExchange.withoutCertificate(), PROXY, ForwardedAs.NGINX.encode(expired.certificate()))),
                Reason.EXPIRED);
        assertRefused(gate.decide(header(FakeExchange.of(ALICE.certificate()), PROXY, "")), Reason.NO_CERTIFICATE);
    }

    @Test
    @DisplayName(
            "caddy-proxy-manager 1.5.1: a request without a certificate can be anonymous, one with a bad certificate never")
    void neverTreatsBadHeaderAsAnonymous() {
        fixture.anonymous = true;
        Gate gate = fixture.open();

        assertThat(gate.decide(header(FakeExchange.withoutCertificate(), PROXY, "(null)")))
                .isEqualTo(Verdict.Exempt.ANONYMOUS);
        assertRefused(gate.decide(header(FakeExchange.withoutCertificate(), PROXY, MALLORYS)), Reason.NOT_LISTED);
        assertRefused(gate.decide(header(FakeExchange.withoutCertificate(), PROXY, "x")), Reason.HEADER_MALFORMED);
        assertRefused(
                gate.decide(header(FakeExchange.withoutCertificate(), PROXY, "x".repeat(20_000))),
                Reason.HEADER_TOO_LONG);
        assertRefused(gate.decide(header(FakeExchange.withoutCertificate(), PROXY, "", "")), Reason.HEADER_AMBIGUOUS);
    }

    @Test
    void refusesIfThePeerCannotBeDetermined() {
        Gate gate = fixture.open();
        FakeExchange exchange = header(FakeExchange.of(ALICE.certificate()), PROXY, ALICES)
                .peer(() -> {
                    throw new IllegalStateException("gone");
                });

        assertRefused(gate.decide(exchange), Reason.INTERNAL);
        assertThat(gate.hidden(exchange).covers("X-SSL-Client-Cert")).isTrue();
    }

    @Test
    @DisplayName("ignored headers are logged at the first and once an hour, with number and peer, never with a value")
    void logsIgnoredHeadersOnceAnHour() {
        fixture.first = new HourlyWarnings(GateName.NONE, fixture.clock);
        Gate gate = fixture.open();
        try (CapturedLog log = new CapturedLog()) {
            for (int i = 0; i < 3; i++) {
                gate.decide(header(FakeExchange.withoutCertificate(), STRANGER, ALICES));
            }
            assertThat(log.lines())
                    .singleElement()
                    .asString()
                    .startsWith("WARNING TK-331 1 request ")
                    .contains("[192.0.2.7]");
            fixture.clock.advance(Duration.ofHours(1));
            gate.decide(header(FakeExchange.withoutCertificate(), STRANGER, ALICES));
            assertThat(log.lines()).hasSize(2).last().asString().startsWith("WARNING TK-331 4 requests");
            assertThat(log.lines()).noneMatch(message -> message.contains("BEGIN"));
        }
    }

    private static FakeExchange header(FakeExchange exchange, String peer, String... values) {
        return exchange.peer(peer).header(ForwardedAs.NGINX.header(), values);
    }
}
