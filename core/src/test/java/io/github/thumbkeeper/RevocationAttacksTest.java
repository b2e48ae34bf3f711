/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static io.github.thumbkeeper.RevocationFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeResponder;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.fakes.OcspAnswers;
import io.github.thumbkeeper.fakes.RevocationLists;
import io.github.thumbkeeper.settings.SettingsException;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks attacks by the owner of a revoked certificate that try to hide the revocation, above all with a soft fail. */
class RevocationAttacksTest {

    private static final Duration TWO_HOURS = Duration.ofHours(2);

    @TempDir
    private Path folder;

    private final CapturedLog log = new CapturedLog();
    private final MovableClock clock = new MovableClock(Instant.now());
    private final ExecutorService clients = Executors.newFixedThreadPool(40);
    private final CountDownLatch end = new CountDownLatch(1);
    private RevocationFixture fixture;

    @BeforeEach
    void makeFixture() {
        fixture = new RevocationFixture(folder);
        fixture.clock = clock;
        fixture.given.put("revocationSoftFail", "true");
    }

    @AfterEach
    void close() {
        end.countDown();
        clients.shutdownNow();
        fixture.close();
        log.close();
    }

    @Test
    @DisplayName("too many waiting threads do not lead to a soft fail")
    void refusesARevokedCertificateHoweverManyWait() throws Exception {
        fixture.given.put("revocationTimeout", "10s");
        CountDownLatch asked = new CountDownLatch(1);
        try (FakeResponder responder = new FakeResponder((body, connection) -> {
            await(asked);
            FakeResponder.answer(
                    connection, "200 OK", new OcspAnswers(ROOT).revoked().to(body));
        })) {
            TestCertificate alice = pointing("CN=alice", responder.url(), ROOT);
            fixture.list(alice);
            Gate gate = fixture.open();
            List<Future<Reason>> decisions = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                decisions.add(clients.submit(() -> RevocationFixture.decide(gate, alice)));
            }
            assertThat(decisions.stream().anyMatch(RevocationAttacksTest::isBusy))
                    .isTrue();
            asked.countDown();

            for (Future<Reason> decision : decisions) {
                assertThat(decision.get()).isIn(Reason.REVOKED, Reason.REVOCATION_NOT_KNOWN);
            }
        }
    }

    /** Waits until a first request is refused as one too many. */
    private static boolean isBusy(Future<Reason> decision) {
        try {
            return decision.get(50, TimeUnit.MILLISECONDS) == Reason.REVOCATION_NOT_KNOWN;
        } catch (Exception e) {
            return false;
        }
    }

    @Test
    @DisplayName("a client that keeps one responder busy does not keep the gate from asking others")
    void asksOtherRespondersMeanwhile() {
        try (FakeResponder dead = hanging();
                FakeResponder alive = answering(ROOT, OcspAnswers::revoked)) {
            TestCertificate bob = pointing("CN=bob", dead.url(), ROOT);
            TestCertificate mallory = pointing("CN=mallory", alive.url(), ROOT);
            fixture.list(bob);
            fixture.list(mallory);
            Gate gate = fixture.open();
            for (int i = 0; i < 40; i++) {
                clients.execute(() -> RevocationFixture.decide(gate, bob));
            }

            assertThat(RevocationFixture.decide(gate, mallory)).isEqualTo(Reason.REVOKED);
        }
    }

    @Test
    @DisplayName("the client's own responder, if it hangs, leaves time to ask about the authority")
    void asksAboutTheAuthorityToo() {
        fixture.given.put("revocationTimeout", "3s");
        TestCertificate[] sub = new TestCertificate[1];
        try (FakeResponder ofSub = answering(ROOT, OcspAnswers::revoked);
                FakeResponder dead = hanging();
                FakeResponder good = new FakeResponder((body, connection) ->
                        FakeResponder.answer(connection, "200 OK", new OcspAnswers(sub[0]).to(body)))) {
            sub[0] = authority(ofSub.url());
            TestCertificate alice = pointing("CN=alice", dead.url(), sub[0]);
            TestCertificate bob = pointing("CN=bob", good.url(), sub[0]);
            fixture.list(alice);
            fixture.list(bob);
            Gate gate = fixture.open();

            assertThat(RevocationFixture.decide(gate, alice, sub[0])).isEqualTo(Reason.REVOKED);
            assertThat(RevocationFixture.decide(gate, bob, sub[0])).isEqualTo(Reason.REVOKED);
        }
    }

    @Test
    @DisplayName("a client whose responder hangs does not affect other clients of the same authority")
    void admitsOthersOfTheSameAuthority() {
        fixture.given.put("revocationTimeout", "3s");
        TestCertificate[] sub = new TestCertificate[1];
        fixture.given.remove("revocationSoftFail");
        try (FakeResponder ofSub = answering(ROOT, OcspAnswers::good);
                FakeResponder dead = hanging();
                FakeResponder good = new FakeResponder((body, connection) ->
                        FakeResponder.answer(connection, "200 OK", new OcspAnswers(sub[0]).to(body)))) {
            sub[0] = authority(ofSub.url());
            TestCertificate alice = pointing("CN=alice", dead.url(), sub[0]);
            TestCertificate bob = pointing("CN=bob", good.url(), sub[0]);
            fixture.list(alice);
            fixture.list(bob);
            Gate gate = fixture.open();

            assertThat(RevocationFixture.decide(gate, alice, sub[0])).isEqualTo(Reason.REVOCATION_NOT_KNOWN);
            assertThat(RevocationFixture.decide(gate, bob, sub[0])).isNull();
        }
    }

    @Test
    @DisplayName(
            "a certificate revoked by a fetched CRL stays revoked when the CRL has expired and the next cannot be fetched")
    void remembersWhatAFetchedListHasRevoked() {
        AtomicBoolean available = new AtomicBoolean(true);
        TestCertificate[] alice = new TestCertificate[2];
        try (FakeResponder responder = new FakeResponder((body, connection) -> {
            if (available.get()) {
                byte[] list = new RevocationLists(ROOT).revoke(alice[0]).der();
                FakeResponder.answer(connection, "200 OK", list);
            }
        })) {
            alice[0] = listPointing("CN=alice", responder.url());
            alice[1] = listPointing("CN=bob", responder.url());
            fixture.list(alice[0]);
            fixture.list(alice[1]);
            Gate gate = fixture.open();
            assertThat(RevocationFixture.decide(gate, alice[0])).isEqualTo(Reason.REVOKED);
            assertThat(RevocationFixture.decide(gate, alice[1])).isNull();

            available.set(false);
            for (int i = 0; i < 3; i++) {
                clock.advance(TWO_HOURS);
                assertThat(RevocationFixture.decide(gate, alice[0])).isEqualTo(Reason.REVOKED);
                assertThat(RevocationFixture.decide(gate, alice[1])).isNull();
            }
            assertThat(fixture.counters.softFails()).isEqualTo(3);
        }
    }

    @ParameterizedTest(name = "then the answer is [{0}]")
    @ValueSource(strings = {"", "nonsense"})
    @DisplayName(
            "a certificate that a responder has called revoked stays revoked until the responder says that it is good")
    void remembersWhatAResponderHasRevoked(String afterwards) {
        AtomicBoolean available = new AtomicBoolean(true);
        try (FakeResponder responder = new FakeResponder((body, connection) -> {
            if (available.get()) {
                FakeResponder.answer(
                        connection, "200 OK", new OcspAnswers(ROOT).revoked().to(body));
            } else {
                FakeResponder.answer(connection, "200 OK", afterwards.getBytes(StandardCharsets.UTF_8));
            }
        })) {
            TestCertificate bob = pointing("CN=bob", responder.url(), ROOT);
            fixture.list(bob);
            Gate gate = fixture.open();
            assertThat(RevocationFixture.decide(gate, bob)).isEqualTo(Reason.REVOKED);

            available.set(false);
            for (int i = 0; i < 3; i++) {
                clock.advance(TWO_HOURS);
                assertThat(RevocationFixture.decide(gate, bob)).isEqualTo(Reason.REVOKED);
            }
        }
    }

    @Test
    @DisplayName("after an entry with another certificate issuer, the JDK finds no entry of the CRL's own issuer")
    void refusesListsWithEntriesOfOtherIssuers() {
        fixture.given.put("ocsp", "false");
        fixture.given.put("crlDistributionPoints", "false");
        TestCertificate alice = TestCertificate.named("CN=alice").issuedBy(ROOT).build();
        TestCertificate bob = TestCertificate.named("CN=bob").issuedBy(ROOT).build();
        fixture.list(bob);
        byte[] list = new RevocationLists(ROOT)
                .revoke(
                        alice.certificate().getSerialNumber(),
                        "2.5.29.29",
                        false,
                        new GeneralNames(new GeneralName(new X500Name("CN=Other"))))
                .revoke(bob)
                .der();
        fixture.given.put("crl", fixture.write("ca.crl", list));

        assertThat(catchThrowableOfType(SettingsException.class, fixture::open).problems())
                .singleElement()
                .asString()
                .contains("TK-302", "has an entry of another issuer");
    }

    @Test
    void logsUnusableAddresses() {
        TestCertificate alice = pointing("CN=alice", "http://pki_server/ocsp", ROOT);
        fixture.list(alice);
        fixture.given.remove("revocationSoftFail");

        assertThat(RevocationFixture.decide(fixture.open(), alice)).isEqualTo(Reason.REVOCATION_NOT_KNOWN);
        assertThat(log.lines())
                .anyMatch(line -> line.contains("TK-321 [http://pki_server/ocsp] does not help")
                        && line.contains("it is not a readable http or https address with a host"));
    }

    @Test
    @DisplayName("a CRL that its issuer has not signed is not cached, and not verified again for each request")
    void asksAgainForAListThatIsNotSigned() {
        TestCertificate other = TestCertificate.named("CN=Root").ca().build();
        try (FakeResponder responder = new FakeResponder(
                (body, connection) -> FakeResponder.answer(connection, "200 OK", new RevocationLists(other).der()))) {
            TestCertificate alice = listPointing("CN=alice", responder.url());
            fixture.list(alice);
            Gate gate = fixture.open();
            for (int i = 0; i < 3; i++) {
                assertThat(RevocationFixture.decide(gate, alice)).isEqualTo(Reason.REVOCATION_NOT_PROVED);
            }
            assertThat(responder.requests()).isEqualTo(1);

            clock.advance(Duration.ofSeconds(11));
            assertThat(RevocationFixture.decide(gate, alice)).isEqualTo(Reason.REVOCATION_NOT_PROVED);
            assertThat(responder.requests()).isEqualTo(2);
        }
    }

    private static TestCertificate pointing(String name, String url, TestCertificate issuer) {
        return RevocationFixture.ocsp(TestCertificate.named(name).issuedBy(issuer), url)
                .build();
    }

    private static TestCertificate listPointing(String name, String url) {
        return RevocationFixture.points(TestCertificate.named(name).issuedBy(ROOT), url)
                .build();
    }

    private static TestCertificate authority(String url) {
        return RevocationFixture.ocsp(TestCertificate.named("CN=Sub").ca().issuedBy(ROOT), url)
                .build();
    }

    private static FakeResponder answering(TestCertificate authority, UnaryOperator<OcspAnswers> how) {
        return new FakeResponder((body, connection) -> FakeResponder.answer(
                connection, "200 OK", how.apply(new OcspAnswers(authority)).to(body)));
    }

    private FakeResponder hanging() {
        return new FakeResponder((body, connection) -> await(end));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
