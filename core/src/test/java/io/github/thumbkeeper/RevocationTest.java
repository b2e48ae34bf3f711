/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static io.github.thumbkeeper.RevocationFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeResponder;
import io.github.thumbkeeper.fakes.FakeResponder.Behaviour;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.fakes.OcspAnswers;
import io.github.thumbkeeper.fakes.RevocationLists;
import io.github.thumbkeeper.settings.SettingsException;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which sources are asked whether a certificate is revoked, when, and how often. */
@Slow
class RevocationTest {

    private static final TestCertificate STRANGER =
            TestCertificate.named("CN=Stranger").ca().build();

    @TempDir
    private Path folder;

    private final CapturedLog log = new CapturedLog();
    private final MovableClock clock = new MovableClock(Instant.now());
    private RevocationFixture fixture;

    @BeforeEach
    void makeFixture() {
        fixture = new RevocationFixture(folder);
        fixture.clock = clock;
    }

    @AfterEach
    void close() {
        fixture.close();
        log.close();
    }

    @Test
    @DisplayName(
            "CVE-2023-28857: addresses in a certificate without a valid path, or in an unlisted one, are not asked")
    void asksNoSourceAboutUntrustedCertificates() {
        try (FakeResponder responder = good()) {
            TestCertificate forged = pointing(responder.url(), STRANGER);
            TestCertificate unlisted = pointing(responder.url(), ROOT);
            fixture.list(forged);
            Gate gate = fixture.open();

            assertThat(RevocationFixture.decide(gate, forged, STRANGER)).isEqualTo(Reason.NOT_TRUSTED);
            assertThat(RevocationFixture.decide(gate, unlisted)).isEqualTo(Reason.NOT_LISTED);
            assertThat(responder.requests()).isZero();
        }
    }

    @Test
    @DisplayName("an expired certificate and a denied one are refused before any source is asked")
    void asksNoSourceAboutExpiredCertificates() {
        try (FakeResponder responder = good()) {
            TestCertificate expired = RevocationFixture.ocsp(
                            TestCertificate.named("CN=alice")
                                    .validUntil(clock.instant().minusSeconds(60))
                                    .issuedBy(ROOT),
                            responder.url())
                    .build();
            fixture.list(expired);

            assertThat(RevocationFixture.decide(fixture.open(), expired)).isEqualTo(Reason.EXPIRED);
            assertThat(responder.requests()).isZero();
        }
    }

    @Test
    void cachesAnAnswerUntilTheNextUpdate() {
        try (FakeResponder responder = good()) {
            TestCertificate alice = listed(responder.url());
            Gate gate = fixture.open();

            for (int i = 0; i < 10; i++) {
                assertThat(RevocationFixture.decide(gate, alice)).isNull();
            }
            assertThat(responder.requests()).isEqualTo(1);

            clock.advance(Duration.ofMinutes(61));
            // The new answer is current by the clock of the responder, which is far behind the gate's by now.
            assertThat(RevocationFixture.decide(gate, alice)).isEqualTo(Reason.REVOCATION_NOT_PROVED);
            assertThat(responder.requests()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("a failure is cached for ten seconds, so that a dead responder is not flooded")
    void asksAgainTenSecondsAfterAFailure() {
        try (FakeResponder responder = new FakeResponder(
                (body, connection) -> FakeResponder.answer(connection, "503 Service Unavailable", new byte[0]))) {
            TestCertificate alice = listed(responder.url());
            Gate gate = fixture.open();

            for (int i = 0; i < 10; i++) {
                assertThat(RevocationFixture.decide(gate, alice)).isEqualTo(Reason.REVOCATION_NOT_KNOWN);
            }
            assertThat(responder.requests()).isEqualTo(1);
            assertThat(log.lines().stream().filter(line -> line.contains("TK-321")))
                    .singleElement()
                    .asString()
                    .contains(responder.url(), "HTTP status 503");

            clock.advance(Duration.ofSeconds(11));
            RevocationFixture.decide(gate, alice);
            assertThat(responder.requests()).isEqualTo(2);
        }
    }

    @Test
    void asksOnceForAllThatWait() throws Exception {
        CountDownLatch everybodyWaits = new CountDownLatch(1);
        Behaviour slow = (body, connection) -> {
            await(everybodyWaits);
            FakeResponder.answer(connection, "200 OK", new OcspAnswers(ROOT).to(body));
        };
        try (FakeResponder responder = new FakeResponder(slow)) {
            TestCertificate alice = listed(responder.url());
            Gate gate = fixture.open();
            List<Future<Reason>> decisions = new ArrayList<>();
            ExecutorService clients = Executors.newFixedThreadPool(12);
            for (int i = 0; i < 12; i++) {
                decisions.add(clients.submit(() -> RevocationFixture.decide(gate, alice)));
            }

            everybodyWaits.countDown();
            for (Future<Reason> decision : decisions) {
                assertThat(decision.get()).isNull();
            }
            clients.shutdown();
            assertThat(responder.requests()).isEqualTo(1);
        }
    }

    @Test
    @DisplayName("at most sixteen requests wait; the others get the status unknown at once")
    void letsSixteenRequestsWaitAtMost() throws Exception {
        try (FakeResponder responder = new FakeResponder(
                (body, connection) -> connection.getInputStream().read())) {
            TestCertificate alice = listed(responder.url());
            Gate gate = fixture.open();
            ExecutorService clients = Executors.newFixedThreadPool(40);
            List<Future<Long>> decisions = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                decisions.add(clients.submit(() -> millisOf(gate, alice)));
            }

            long held = 0;
            for (Future<Long> decision : decisions) {
                held += decision.get() > RevocationFixture.BUDGET_MILLIS / 2 ? 1 : 0;
            }
            clients.shutdown();
            assertThat(held).isBetween(1L, 16L);
        }
    }

    private static long millisOf(Gate gate, TestCertificate certificate) {
        long begin = System.nanoTime();
        assertThat(RevocationFixture.decide(gate, certificate)).isEqualTo(Reason.REVOCATION_NOT_KNOWN);
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }

    @Test
    @DisplayName("the budget is that of the whole decision, not of each certificate")
    void waitsOnceForAllCertificatesOfAPath() {
        try (FakeResponder responder = new FakeResponder(
                (body, connection) -> connection.getInputStream().read())) {
            TestCertificate one = authority("CN=One", ROOT, responder.url());
            TestCertificate two = authority("CN=Two", one, responder.url());
            TestCertificate alice = pointing(responder.url(), two);
            fixture.list(alice);
            Gate gate = fixture.open();
            long begin = System.nanoTime();

            assertThat(RevocationFixture.decide(gate, alice, two, one)).isEqualTo(Reason.REVOCATION_NOT_KNOWN);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofMillis(RevocationFixture.BUDGET_MILLIS + 1000));
        }
    }

    @ParameterizedTest(name = "intermediate revoked: {0}, soft: {1}")
    @CsvSource({"true, false", "true, true", "false, false"})
    void refusesWhatARevokedAuthorityIssued(boolean revoked, boolean soft) {
        TestCertificate[] sub = new TestCertificate[1];
        UnaryOperator<OcspAnswers> how = revoked ? OcspAnswers::revoked : OcspAnswers::good;
        try (FakeResponder ofSub = answering(ROOT, how);
                FakeResponder ofAlice = new FakeResponder((body, connection) ->
                        FakeResponder.answer(connection, "200 OK", new OcspAnswers(sub[0]).to(body)))) {
            sub[0] = authority("CN=Sub", ROOT, ofSub.url());
            TestCertificate alice = pointing(ofAlice.url(), sub[0]);
            fixture.list(alice);
            fixture.given.put("revocationSoftFail", String.valueOf(soft));

            assertThat(RevocationFixture.decide(fixture.open(), alice, sub[0]))
                    .isEqualTo(revoked ? Reason.REVOKED : null);
        }
    }

    @Test
    @DisplayName("the status of an intermediate is unknown: that is not good, even if the leaf is")
    void refusesIfTheStatusOfTheIntermediateIsUnknown() {
        TestCertificate sub =
                TestCertificate.named("CN=Sub").ca().issuedBy(ROOT).build();
        try (FakeResponder responder = answering(sub, OcspAnswers::good)) {
            TestCertificate alice = pointing(responder.url(), sub);
            fixture.list(alice);

            assertThat(RevocationFixture.decide(fixture.open(), alice, sub)).isEqualTo(Reason.REVOCATION_NOT_KNOWN);
        }
    }

    @ParameterizedTest(name = "revoked: {0}")
    @ValueSource(booleans = {true, false})
    @DisplayName("CVE-2017-15698: the second and third responder are asked too")
    void asksTheNextResponderIfOneIsUnreachable(boolean revoked) {
        FakeResponder away = good();
        away.close();
        UnaryOperator<OcspAnswers> how = revoked ? OcspAnswers::revoked : OcspAnswers::good;
        try (FakeResponder responder = answering(ROOT, how)) {
            TestCertificate alice = RevocationFixture.ocsp(
                            TestCertificate.named("CN=alice").issuedBy(ROOT), away.url(), away.url(), responder.url())
                    .build();
            fixture.list(alice);

            assertThat(RevocationFixture.decide(fixture.open(), alice)).isEqualTo(revoked ? Reason.REVOKED : null);
        }
    }

    @ParameterizedTest(name = "an address of {0} characters")
    @ValueSource(ints = {80, 96, 127, 128, 255, 256, 4000, 70_000})
    @DisplayName("CVE-2017-15698: authority information of any length is read")
    void refusesARevokedCertificateWhateverTheLengthOfTheAddress(int length) {
        try (FakeResponder responder = answering(ROOT, OcspAnswers::revoked)) {
            String url = responder.url();
            TestCertificate alice = listed(url + "/" + "a".repeat(length - url.length() - 1));

            assertThat(RevocationFixture.decide(fixture.open(), alice)).isEqualTo(Reason.REVOKED);
        }
    }

    @Test
    @DisplayName("the CRL is fetched if the responder does not answer, within the time limit")
    void fetchesTheListWhenTheResponderHangs() {
        byte[] list = new RevocationLists(ROOT).der();
        try (FakeResponder responder = new FakeResponder(
                        (body, connection) -> connection.getInputStream().read());
                FakeResponder lists =
                        new FakeResponder((body, connection) -> FakeResponder.answer(connection, "200 OK", list))) {
            TestCertificate.Builder builder = TestCertificate.named("CN=alice").issuedBy(ROOT);
            TestCertificate alice = RevocationFixture.points(
                            RevocationFixture.ocsp(builder, responder.url()), lists.url())
                    .build();
            fixture.list(alice);

            assertThat(RevocationFixture.decide(fixture.open(), alice)).isNull();
        }
    }

    @Test
    @DisplayName("a signed status unknown is final: a CRL does not list a certificate that was never issued")
    void refusesAnUnknownCertificateWhateverTheList() {
        byte[] list = new RevocationLists(ROOT).der();
        try (FakeResponder responder = answering(ROOT, OcspAnswers::unknown);
                FakeResponder lists =
                        new FakeResponder((body, connection) -> FakeResponder.answer(connection, "200 OK", list))) {
            TestCertificate.Builder builder = TestCertificate.named("CN=alice").issuedBy(ROOT);
            TestCertificate alice = RevocationFixture.points(
                            RevocationFixture.ocsp(builder, responder.url()), lists.url())
                    .build();
            fixture.list(alice);

            assertThat(RevocationFixture.decide(fixture.open(), alice)).isEqualTo(Reason.REVOCATION_NOT_PROVED);
            assertThat(lists.requests()).isZero();
        }
    }

    @Test
    @DisplayName("a CRL from a file is used first, and no other source if it has the answer")
    void asksNoOtherSourceIfACrlFileHasTheAnswer() {
        try (FakeResponder responder = good()) {
            TestCertificate alice = listed(responder.url());
            TestCertificate bob = listed(responder.url());
            fixture.given.put(
                    "crl",
                    fixture.write(
                            "ca.crl", new RevocationLists(ROOT).revoke(bob).der()));
            Gate gate = fixture.open();

            assertThat(RevocationFixture.decide(gate, alice)).isNull();
            assertThat(RevocationFixture.decide(gate, bob)).isEqualTo(Reason.REVOKED);
            assertThat(responder.requests()).isZero();
        }
    }

    @Test
    @DisplayName(
            "a CRL that expires while it is in force proves nothing any more, with hard or soft fail, and is logged")
    void refusesWhenTheListExpires() {
        onlyFiles();
        fixture.given.put("revocationSoftFail", "true");
        TestCertificate alice = listed("http://127.0.0.1/");
        fixture.given.put("crl", fixture.write("ca.crl", new RevocationLists(ROOT).der()));
        Gate gate = fixture.open();
        assertThat(RevocationFixture.decide(gate, alice)).isNull();

        clock.advance(Duration.ofHours(2));

        assertThat(RevocationFixture.decide(gate, alice)).isEqualTo(Reason.REVOCATION_NOT_PROVED);
        gate.refresh();
        assertThat(log.lines()).anyMatch(line -> line.contains("TK-301") && line.contains("has expired"));
    }

    @Test
    void followsTheListsOfADirectory() throws Exception {
        onlyFiles();
        TestCertificate alice = listed("http://127.0.0.1/");
        Path directory = Files.createDirectory(folder.resolve("crls"));
        Files.writeString(directory.resolve("readme.txt"), "not a list");
        Files.write(directory.resolve("a.crl"), new RevocationLists(ROOT).der());
        fixture.given.put("crl", directory.toString());
        Gate gate = fixture.open();
        assertThat(RevocationFixture.decide(gate, alice)).isNull();

        Files.write(directory.resolve("b.pem"), pem(new RevocationLists(ROOT).revoke(alice)));
        assertThat(gate.refresh()).isTrue();
        assertThat(RevocationFixture.decide(gate, alice)).isEqualTo(Reason.REVOKED);

        Files.delete(directory.resolve("b.pem"));
        gate.refresh();
        assertThat(RevocationFixture.decide(gate, alice)).isNull();

        Files.write(directory.resolve("b.pem"), pem(new RevocationLists(ROOT).revoke(alice)));
        gate.refresh();
        Files.delete(directory.resolve("a.crl"));
        Files.delete(directory.resolve("b.pem"));
        gate.refresh();
        assertThat(RevocationFixture.decide(gate, alice)).isEqualTo(Reason.REVOKED);
        assertThat(log.lines()).anyMatch(line -> line.contains("TK-301") && line.contains("has no CRL"));
    }

    @Test
    @DisplayName("an expired CRL of a directory is named with its directory, and its name cannot forge log lines")
    void namesTheFileThatHasExpired() throws Exception {
        onlyFiles();
        listed("http://127.0.0.1/");
        Path directory = Files.createDirectory(folder.resolve("crls"));
        Files.write(directory.resolve("a\nb.crl"), new RevocationLists(ROOT).der());
        fixture.given.put("crl", directory.toString());
        Gate gate = fixture.open();

        clock.advance(Duration.ofDays(400));
        gate.refresh();

        assertThat(log.lines())
                .anyMatch(line -> line.contains("TK-301 store [" + directory + "/a\\") && line.contains("has expired"))
                .noneMatch(line -> line.contains("\n"));
    }

    @Test
    void refusesToStartWithAnEmptyDirectoryOfLists() throws Exception {
        onlyFiles();
        listed("http://127.0.0.1/");
        fixture.given.put("crl", Files.createDirectory(folder.resolve("crls")).toString());

        assertThat(problems())
                .singleElement()
                .asString()
                .contains("TK-302", "has no CRL; expected .crl, .pem or .der files");
    }

    @Test
    void keepsTheListsWhenTheDirectoryIsGone() throws Exception {
        onlyFiles();
        TestCertificate alice = listed("http://127.0.0.1/");
        Path directory = Files.createDirectory(folder.resolve("crls"));
        Path file = Files.write(
                directory.resolve("a.crl"),
                new RevocationLists(ROOT).revoke(alice).der());
        fixture.given.put("crl", directory.toString());
        Gate gate = fixture.open();

        Files.delete(file);
        Files.delete(directory);
        gate.refresh();

        assertThat(RevocationFixture.decide(gate, alice)).isEqualTo(Reason.REVOKED);
    }

    @Test
    void refusesToStartWithoutItsLists() {
        onlyFiles();
        listed("http://127.0.0.1/");
        fixture.given.put("crl", folder.resolve("missing.crl").toString());

        assertThat(problems()).singleElement().asString().contains("TK-302", "missing.crl", "does not exist");
    }

    @Test
    void decidesOnceTheCrlIsThere() {
        onlyFiles();
        TestCertificate alice = listed("http://127.0.0.1/");
        fixture.given.put("crl", folder.resolve("late.crl").toString());
        fixture.given.put("storeUnavailable", "refuse-requests");
        Gate gate = fixture.open();
        assertThat(RevocationFixture.decide(gate, alice)).isEqualTo(Reason.NO_LIST);

        fixture.write("late.crl", new RevocationLists(ROOT).der());
        gate.refresh();

        assertThat(RevocationFixture.decide(gate, alice)).isNull();
    }

    @Test
    @DisplayName("a certificate of the trust store has no issuer that could revoke it")
    void admitsARootWithoutAskingAnySource() {
        TestCertificate self = TestCertificate.named("CN=self").build();
        fixture.list(self);
        fixture.given.put("trustStore", fixture.write("self.pem", self.pem().getBytes(StandardCharsets.US_ASCII)));

        assertThat(RevocationFixture.decide(fixture.open(), self)).isNull();
    }

    @Test
    @DisplayName("without an executor no source is asked, and every request is refused")
    void refusesWithoutAnExecutor() {
        try (FakeResponder responder = good()) {
            TestCertificate alice = listed(responder.url());
            fixture.executor.shutdownNow();

            assertThat(RevocationFixture.decide(fixture.open(), alice)).isEqualTo(Reason.REVOCATION_NOT_KNOWN);
        }
    }

    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "ocsp, false, validateRevocation",
        "crl, some.crl, validateRevocation",
        "crlDistributionPoints, false, validateRevocation",
        "revocationSoftFail, true, validateRevocation",
        "revocationTimeout, 5s, validateRevocation"
    })
    void refusesToStartWithAPartThatIsNotUsed(String part, String value, String told) {
        listed("http://127.0.0.1/");
        fixture.given.remove("validateRevocation");
        fixture.given.remove("revocationTimeout");
        fixture.given.put(part, value);

        assertThat(problems())
                .singleElement()
                .asString()
                .startsWith("TK-204 " + part)
                .contains(told);
    }

    @Test
    void refusesToStartWithoutASource() {
        listed("http://127.0.0.1/");
        onlyFiles();

        assertThat(problems()).singleElement().asString().contains("TK-204 validateRevocation", "has no source");
    }

    @Test
    @DisplayName("CAs remove expired certificates from their CRLs, so their dates must be checked")
    void refusesToStartWithoutDates() {
        listed("http://127.0.0.1/");
        fixture.given.put("validateNotAfter", "false");

        assertThat(problems()).singleElement().asString().contains("TK-204 validateRevocation", "validateNotAfter");
    }

    @Test
    void refusesToStartWithoutTrust() {
        listed("http://127.0.0.1/");
        fixture.given.remove("validateTrust");
        fixture.given.remove("trustStore");

        assertThat(problems()).singleElement().asString().contains("TK-204 validateRevocation", "validateTrust");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "31s", "1h", "-1s", "1.5s"})
    void refusesOtherTimeouts(String timeout) {
        listed("http://127.0.0.1/");
        fixture.given.put("revocationTimeout", timeout);

        assertThat(problems()).singleElement().asString().contains("TK-203 revocationTimeout");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/ca.crl", "java:comp/env/crl", "jndi:crl"})
    void refusesCrlsFromOtherLocations(String location) {
        listed("http://127.0.0.1/");
        fixture.given.put("crl", location);

        assertThat(problems()).singleElement().asString().contains("TK-203 crl", "expected a path");
    }

    private List<String> problems() {
        return catchThrowableOfType(SettingsException.class, fixture::open).problems();
    }

    private void onlyFiles() {
        fixture.given.put("ocsp", "false");
        fixture.given.put("crlDistributionPoints", "false");
    }

    private TestCertificate listed(String url) {
        TestCertificate alice = pointing(url, ROOT);
        fixture.list(alice);
        return alice;
    }

    private static TestCertificate pointing(String url, TestCertificate issuer) {
        return RevocationFixture.ocsp(TestCertificate.named("CN=alice").issuedBy(issuer), url)
                .build();
    }

    private static TestCertificate authority(String name, TestCertificate issuer, String url) {
        return RevocationFixture.ocsp(TestCertificate.named(name).ca().issuedBy(issuer), url)
                .build();
    }

    private static FakeResponder good() {
        return answering(ROOT, OcspAnswers::good);
    }

    private static FakeResponder answering(TestCertificate authority, UnaryOperator<OcspAnswers> how) {
        return new FakeResponder((body, connection) -> FakeResponder.answer(
                connection, "200 OK", how.apply(new OcspAnswers(authority)).to(body)));
    }

    private static byte[] pem(RevocationLists list) {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(list.der());
        return ("-----BEGIN X509 CRL-----\n" + base64 + "\n-----END X509 CRL-----\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
