/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static io.github.thumbkeeper.GateFixture.ALICE;
import static io.github.thumbkeeper.GateFixture.MALLORY;
import static io.github.thumbkeeper.GateFixture.NOW;
import static io.github.thumbkeeper.GateFixture.assertAdmitted;
import static io.github.thumbkeeper.GateFixture.assertRefused;
import static io.github.thumbkeeper.GateFixture.decideAlice;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeStore;
import io.github.thumbkeeper.testkit.ForeignCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which requests pass the gate, and with which identity. */
class GateTest {

    private final GateFixture fixture = new GateFixture();

    @Test
    void refusesUnlistedCertificate() {
        assertRefused(fixture.open().decide(FakeExchange.of(MALLORY.certificate())), Reason.NOT_LISTED);
        assertThat(fixture.counters.refused(Reason.NOT_LISTED)).isEqualTo(1);
    }

    @Test
    void refusesRequestWithoutCertificate() {
        assertRefused(fixture.open().decide(FakeExchange.withoutCertificate()), Reason.NO_CERTIFICATE);
    }

    @Test
    void admitsListedCertificate() {
        Verdict verdict = decideAlice(fixture.open());

        assertAdmitted(verdict);
        assertThat(((Verdict.Admitted) verdict).identity().name()).isEqualTo("alice");
        assertThat(fixture.counters.admitted()).isEqualTo(1);
        assertThat(fixture.open().policy().refusesAllOthers()).isTrue();
    }

    @ParameterizedTest(name = "[{index}] is not a certificate chain (row 131)")
    @MethodSource("notCertificateChains")
    void refusesObjectsOtherThanCertificateChains(Object attribute) {
        assertRefused(fixture.open().decide(FakeExchange.showing(attribute)), Reason.MALFORMED);
        fixture.anonymous = true;
        assertRefused(fixture.open().decide(FakeExchange.showing(attribute)), Reason.MALFORMED);
    }

    static Stream<Arguments> notCertificateChains() {
        X509Certificate alice = ALICE.certificate();
        return Stream.<Object>of(
                        new X509Certificate[0],
                        new X509Certificate[] {null},
                        new X509Certificate[] {null, alice},
                        "CN=alice",
                        ALICE.pem(),
                        ALICE.der(),
                        alice,
                        new Certificate[] {alice},
                        new Object[] {alice},
                        List.of(alice),
                        new X509Certificate[][] {{alice}})
                .map(attribute -> Arguments.of(attribute));
    }

    @Test
    @DisplayName("leaf only: the certificates after the client's own prove nothing (CVE-2023-2422)")
    void decidesOnTheLeafOnly() {
        X509Certificate mine = MALLORY.certificate();
        X509Certificate listed = ALICE.certificate();
        X509Certificate[] thousand = new X509Certificate[1000];
        Arrays.fill(thousand, listed);
        thousand[0] = mine;

        for (X509Certificate[] chain : List.of(new X509Certificate[] {mine, listed}, thousand)) {
            assertRefused(fixture.open().decide(FakeExchange.showing(chain)), Reason.NOT_LISTED);
        }
        assertRefused(
                fixture.open().decide(FakeExchange.showing(new X509Certificate[] {mine, null})), Reason.NOT_LISTED);
        thousand[0] = listed;
        Arrays.fill(thousand, 1, 1000, mine);
        for (X509Certificate[] chain : List.of(new X509Certificate[] {listed, mine}, thousand)) {
            Verdict verdict = fixture.open().decide(FakeExchange.showing(chain));
            assertAdmitted(verdict);
            assertThat(((Verdict.Admitted) verdict).identity().thumbprint()).isEqualTo("sha256:" + ALICE.sha256());
        }
    }

    @Test
    @DisplayName("by bytes: a certificate that differs in one bit is a different certificate (ECDSA twins, BER)")
    void refusesCertificateThatDiffersInOneBit() {
        Gate gate = fixture.open();
        for (int i = 0; i < ALICE.der().length; i += 7) {
            byte[] twin = ALICE.der().clone();
            twin[i] ^= 1;
            assertRefused(
                    gate.decide(FakeExchange.of(new ForeignCertificate(ALICE.certificate(), () -> twin))),
                    Reason.NOT_LISTED);
        }
    }

    @Test
    @DisplayName("every request: a certificate that expires between two is refused (row 104)")
    void refusesCertificateThatExpiresBetweenTwoRequests() {
        Gate gate = fixture.open();
        Instant end = ALICE.certificate().getNotAfter().toInstant();

        fixture.clock.set(end);
        assertAdmitted(decideAlice(gate));
        fixture.clock.set(end.plusMillis(1));
        assertRefused(decideAlice(gate), Reason.EXPIRED);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"2049-12-31T23:59:59Z", "2050-01-01T00:00:00Z", "9999-12-31T23:59:58Z"})
    @DisplayName("ends in UTCTime and in GeneralizedTime (row 103; RFC 5280 section 4.1.2.5)")
    void refusesAfterTheEnd(String text) {
        Instant end = Instant.parse(text);
        TestCertificate late = TestCertificate.named("CN=late").validUntil(end).build();
        fixture.stores = GateFixture.admitting(new FakeStore("clients", GateFixture.entry(late)));
        Gate gate = fixture.open();

        fixture.clock.set(end);
        assertAdmitted(gate.decide(FakeExchange.of(late.certificate())));
        fixture.clock.set(end.plusMillis(1));
        assertRefused(gate.decide(FakeExchange.of(late.certificate())), Reason.EXPIRED);
    }

    @Test
    @DisplayName("a certificate is refused before its time (row 105)")
    void refusesCertificateThatIsNotYetValid() {
        Gate gate = fixture.open();
        Instant begin = ALICE.certificate().getNotBefore().toInstant();

        fixture.clock.set(begin.minusMillis(1));
        assertRefused(decideAlice(gate), Reason.NOT_YET_VALID);
        fixture.clock.set(begin);
        assertAdmitted(decideAlice(gate));
    }

    @Test
    @DisplayName("a clock that jumps takes effect at once (row 102)")
    void followsAClockThatJumps() {
        Gate gate = fixture.open();
        for (int i = 0; i < 2; i++) {
            fixture.clock.set(Instant.EPOCH);
            assertRefused(decideAlice(gate), Reason.NOT_YET_VALID);
            fixture.clock.set(NOW.plus(Duration.ofDays(20 * 365)));
            assertRefused(decideAlice(gate), Reason.EXPIRED);
            fixture.clock.set(NOW);
            assertAdmitted(decideAlice(gate));
        }
        fixture.clock.set(Instant.ofEpochMilli(Long.MAX_VALUE));
        assertRefused(decideAlice(gate), Reason.EXPIRED);
        fixture.clock.set(Instant.ofEpochMilli(Long.MIN_VALUE));
        assertRefused(decideAlice(gate), Reason.NOT_YET_VALID);
    }

    @Test
    void clockSkewExtendsThePeriodAtBothEnds() {
        Duration skew = Duration.ofMinutes(5);
        fixture.clockSkew = skew;
        Gate gate = fixture.open();
        Instant begin = ALICE.certificate().getNotBefore().toInstant();
        Instant end = ALICE.certificate().getNotAfter().toInstant();

        fixture.clock.set(begin.minus(skew).minusMillis(1));
        assertRefused(decideAlice(gate), Reason.NOT_YET_VALID);
        fixture.clock.set(end.plus(skew).plusMillis(1));
        assertRefused(decideAlice(gate), Reason.EXPIRED);
        fixture.clock.set(begin.minus(skew));
        assertAdmitted(decideAlice(gate));
        fixture.clock.set(end.plus(skew));
        assertAdmitted(decideAlice(gate));
    }

    @Test
    @DisplayName("the entry's own period counts at each request too")
    void followsThePeriodOfTheEntry() {
        fixture.store.lists(new Entry(
                GateFixture.thumbprint(ALICE), "alice", Set.of(), NOW.minusSeconds(10), NOW.plusSeconds(10), false));
        Gate gate = fixture.open();

        assertAdmitted(decideAlice(gate));
        fixture.clock.set(NOW.plusSeconds(10));
        assertRefused(decideAlice(gate), Reason.ENTRY_NOT_IN_FORCE);
        fixture.clock.set(NOW.minusSeconds(11));
        assertRefused(decideAlice(gate), Reason.ENTRY_NOT_IN_FORCE);
    }

    @ParameterizedTest(name = "no principal without admission: with {0}, a refused request passes without identity")
    @EnumSource(names = {"REPORT", "ANNOTATE"})
    void passesWithoutIdentityIfItDoesNotEnforce(Mode mode) {
        fixture.mode = mode;
        Gate gate = fixture.open();

        Verdict verdict = gate.decide(FakeExchange.of(MALLORY.certificate()));

        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        assertThat(verdict.errorResponse()).isNull();
        assertThat(((Verdict.Refused) verdict).reason()).isEqualTo(Reason.NOT_LISTED);
        assertThat(fixture.counters.refused(Reason.NOT_LISTED)).isEqualTo(1);
        assertThat(gate.policy().refusesAllOthers()).isFalse();
    }

    @Test
    @DisplayName(
            "noCertificate=anonymous: a request without a certificate passes, one with a bad certificate is refused")
    void anonymousIsForRequestsWithoutCertificateOnly() {
        fixture.anonymous = true;
        Gate gate = fixture.open();

        assertRefused(gate.decide(FakeExchange.of(MALLORY.certificate())), Reason.NOT_LISTED);
        fixture.clock.set(Instant.EPOCH);
        assertRefused(decideAlice(gate), Reason.NOT_YET_VALID);
        assertThat(gate.decide(FakeExchange.withoutCertificate())).isEqualTo(Verdict.Exempt.ANONYMOUS);
        assertThat(gate.policy().refusesAllOthers()).isFalse();
    }

    @Test
    void excludedPathsPassWithoutIdentity() {
        fixture.exclude = List.of("/public/*");
        Gate gate = fixture.open();

        assertRefused(gate.decide(FakeExchange.withoutCertificate()), Reason.NO_CERTIFICATE);
        Verdict verdict = gate.decide(FakeExchange.of(ALICE.certificate()).path("", "/public/x", "/public/x"));
        assertThat(verdict).isEqualTo(Verdict.Exempt.EXCLUDED_PATH);
        assertThat(verdict.errorResponse()).isNull();
        assertThat(fixture.counters.exempt()).isEqualTo(1);
        assertThat(gate.policy().refusesAllOthers()).isFalse();
    }

    @Test
    void preflightsPassOnlyIfTheSettingsSaySo() {
        FakeExchange preflight = FakeExchange.withoutCertificate()
                .method("OPTIONS")
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "PUT");

        assertRefused(fixture.open().decide(preflight), Reason.NO_CERTIFICATE);
        fixture.corsPreflight = true;
        Gate gate = fixture.open();
        assertRefused(gate.decide(FakeExchange.withoutCertificate().method("OPTIONS")), Reason.NO_CERTIFICATE);
        assertThat(gate.decide(preflight)).isEqualTo(Verdict.Exempt.CORS_PREFLIGHT);
        assertThat(gate.policy().refusesAllOthers()).isFalse();
    }

    @ParameterizedTest(name = "method [{0}] makes no difference (row 143)")
    @ValueSource(strings = {"GET", "HEAD", "POST", "OPTIONS", "TRACE", "CONNECT", "FOO", "get", ""})
    void refusesEveryMethod(String method) {
        assertRefused(fixture.open().decide(FakeExchange.withoutCertificate().method(method)), Reason.NO_CERTIFICATE);
    }

    @Test
    @DisplayName("unknown and expired certificates get the same bytes, except for the id (threats 1.8)")
    void respondsAlikeForEveryReason() {
        Gate gate = fixture.open();
        String unknown = body(gate.decide(FakeExchange.of(MALLORY.certificate())));
        String none = body(gate.decide(FakeExchange.withoutCertificate()));
        fixture.clock.advance(Duration.ofDays(365));
        String expired = body(decideAlice(gate));

        assertThat(expired).isNotEqualTo(unknown).hasSameSizeAs(unknown);
        assertThat(withoutId(expired)).isEqualTo(withoutId(unknown)).isEqualTo(withoutId(none));
    }

    @Test
    void everyRefusalHasItsOwnId() {
        Gate gate = fixture.open();
        Set<UUID> ids = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            UUID id = ((Verdict.Refused) gate.decide(FakeExchange.withoutCertificate()))
                    .response()
                    .id();
            assertThat(id.version()).isEqualTo(4);
            assertThat(id.variant()).isEqualTo(2);
            ids.add(id);
        }
        assertThat(ids).hasSize(1000);
    }

    private static String body(Verdict verdict) {
        return new String(verdict.errorResponse().problem(), StandardCharsets.UTF_8);
    }

    private static String withoutId(String body) {
        return body.replaceAll("urn:uuid:[0-9a-f-]{36}", "urn:uuid:");
    }
}
