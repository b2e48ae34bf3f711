/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static io.github.thumbkeeper.RevocationFixture.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeResponder;
import io.github.thumbkeeper.fakes.FakeResponder.Behaviour;
import io.github.thumbkeeper.fakes.MalformedAnswer;
import io.github.thumbkeeper.fakes.OcspAnswers;
import io.github.thumbkeeper.fakes.RevocationLists;
import io.github.thumbkeeper.settings.SettingsException;
import io.github.thumbkeeper.testkit.MalformedList;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.ReasonFlags;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks the decision for each failure of a responder or a CRL, with hard and with soft fail (CVE-2026-29145, -34500, -86248,
 * -24734, CVE-2018-8019, -8020, rows 99 to 101).
 */
@Slow
class RevocationFaultsTest {

    private static final TestCertificate STRANGER =
            TestCertificate.named("CN=Root").ca().build();
    private static final TestCertificate BYSTANDER =
            TestCertificate.named("CN=bystander").issuedBy(ROOT).build();
    private static final TestCertificate DELEGATE = TestCertificate.named("CN=ocsp")
            .extendedKeyUsage("1.3.6.1.5.5.7.3.9")
            .issuedBy(ROOT)
            .build();
    private static final BigInteger SERIAL = BigInteger.valueOf(815);
    private static final BigInteger OTHER_SERIAL = BigInteger.valueOf(4711);
    private static final Instant NOW =
            ROOT.certificate().getNotBefore().toInstant().plus(Duration.ofDays(1));

    /** Outcome of a cell. */
    private enum Outcome {
        ADMITTED,
        REVOKED,
        /** There is an answer that proves nothing: refused, with hard and with soft fail. */
        NO_PROOF,
        /** There is no answer: refused, unless the policy is a soft fail. */
        NO_ANSWER
    }

    private enum Failing {
        HARD,
        SOFT
    }

    private static final AtomicLong longest = new AtomicLong();

    @TempDir
    private Path folder;

    private final CapturedLog log = new CapturedLog();
    private RevocationFixture fixture;
    private TestCertificate alice;

    @BeforeEach
    void makeFixture() {
        fixture = new RevocationFixture(folder);
    }

    @AfterEach
    void close() {
        fixture.close();
        log.close();
    }

    private record Fault(String name, Outcome outcome, Behaviour behaviour) {
        @Override
        public String toString() {
            return name;
        }
    }

    /** Loads classes: the first decision of a Java runtime takes longer. */
    @BeforeAll
    static void warmUp(@TempDir Path folder) {
        try (RevocationFixture fixture = new RevocationFixture(folder);
                FakeResponder responder = new FakeResponder((body, connection) ->
                        FakeResponder.answer(connection, "200 OK", new OcspAnswers(ROOT).to(body)))) {
            TestCertificate alice = RevocationFixture.ocsp(
                            TestCertificate.named("CN=alice").issuedBy(ROOT), responder.url())
                    .build();
            fixture.list(alice);
            assertThat(RevocationFixture.decide(fixture.open(), alice)).isNull();
        }
    }

    @AfterAll
    static void tellTheLongest() {
        System.out.println("longest decision: " + longest + " ms, with a budget of " + RevocationFixture.BUDGET_MILLIS);
    }

    @ParameterizedTest(name = "OCSP: {0}, {1}")
    @MethodSource("ocspCells")
    void decidesByTheResponder(Fault fault, Failing failing) {
        fixture.given.put("crlDistributionPoints", "false");

        decideEachCell(fault, failing, RevocationFixture::ocsp);
    }

    static Stream<Arguments> ocspCells() {
        return cells(Stream.of(ocspFaults(), malformedAnswers(), networkFaults(responding(answers -> answers)))
                .flatMap(faults -> faults));
    }

    private static Stream<Fault> malformedAnswers() {
        return Stream.of(MalformedAnswer.values())
                .map(malformed -> new Fault(
                        "malformed, " + malformed,
                        malformed == MalformedAnswer.SOUND ? Outcome.ADMITTED : Outcome.NO_PROOF,
                        (body, connection) -> FakeResponder.answer(connection, "200 OK", malformed.to(body, ROOT))));
    }

    private static Stream<Fault> ocspFaults() {
        return Stream.of(
                signed("good", Outcome.ADMITTED, answers -> answers),
                signed("good, signed by a delegate", Outcome.ADMITTED, answers -> answers.signedBy(DELEGATE, true)),
                signed("good, without end, made now", Outcome.ADMITTED, answers -> answers.period(NOW, null)),
                signed("revoked", Outcome.REVOKED, OcspAnswers::revoked),
                signed("revoked in the future", Outcome.REVOKED, answers -> answers.revoked(NOW.plusSeconds(7200))),
                signed(
                        "good and revoked",
                        Outcome.REVOKED,
                        answers -> answers.good().revoked()),
                signed(
                        "revoked and good",
                        Outcome.REVOKED,
                        answers -> answers.revoked().good()),
                signed("unknown", Outcome.NO_PROOF, OcspAnswers::unknown),
                signed(
                        "good and unknown",
                        Outcome.NO_PROOF,
                        answers -> answers.good().unknown()),
                signed("wrong signer", Outcome.NO_PROOF, answers -> answers.signedBy(STRANGER, false)),
                signed("wrong signer, enclosed", Outcome.NO_PROOF, answers -> answers.signedBy(STRANGER, true)),
                signed(
                        "signed by a certificate of the authority that is none for it",
                        Outcome.NO_PROOF,
                        answers -> answers.signedBy(BYSTANDER, true)),
                signed(
                        "stale by an hour",
                        Outcome.NO_PROOF,
                        answers -> answers.period(NOW.minusSeconds(7200), NOW.minusSeconds(3600))),
                signed(
                        "stale by five minutes",
                        Outcome.NO_PROOF,
                        answers -> answers.period(NOW.minusSeconds(7200), NOW.minusSeconds(300))),
                signed(
                        "from the future",
                        Outcome.NO_PROOF,
                        answers -> answers.period(NOW.plusSeconds(3600), NOW.plusSeconds(7200))),
                signed(
                        "from five minutes ahead",
                        Outcome.NO_PROOF,
                        answers -> answers.period(NOW.plusSeconds(300), NOW.plusSeconds(7200))),
                signed(
                        "without end, made an hour ago",
                        Outcome.NO_PROOF,
                        answers -> answers.period(NOW.minusSeconds(3600), null)),
                signed("replayed, for another certificate", Outcome.NO_PROOF, answers -> answers.about(OTHER_SERIAL)),
                status("malformedRequest", Outcome.NO_PROOF, 1),
                status("internalError", Outcome.NO_ANSWER, 2),
                status("tryLater", Outcome.NO_ANSWER, 3),
                status("sigRequired", Outcome.NO_PROOF, 5),
                status("unauthorized", Outcome.NO_PROOF, 6),
                status("an unknown status", Outcome.NO_PROOF, 7),
                status("successful, and nothing else", Outcome.NO_PROOF, 0),
                fault("garbage", Outcome.NO_PROOF, "200 OK", bytes("<html>welcome</html>")),
                new Fault("good, cut off", Outcome.NO_PROOF, (body, connection) -> {
                    byte[] good = new OcspAnswers(ROOT).to(body);
                    FakeResponder.answer(connection, "200 OK", Arrays.copyOf(good, good.length - 1));
                }),
                new Fault("good, and more bytes", Outcome.NO_PROOF, (body, connection) -> {
                    byte[] good = new OcspAnswers(ROOT).to(body);
                    FakeResponder.answer(connection, "200 OK", Arrays.copyOf(good, good.length + 1));
                }),
                new Fault("good, with one bit of the signature changed", Outcome.NO_PROOF, (body, connection) -> {
                    byte[] good = new OcspAnswers(ROOT).to(body);
                    good[good.length - 1] ^= 1;
                    FakeResponder.answer(connection, "200 OK", good);
                }));
    }

    @ParameterizedTest(name = "CRL URL: {0}, {1}")
    @MethodSource("listCells")
    void decidesByTheListThatIsFetched(Fault fault, Failing failing) {
        fixture.given.put("ocsp", "false");

        decideEachCell(fault, failing, RevocationFixture::points);
    }

    static Stream<Arguments> listCells() {
        Stream<Fault> faults = lists().map(list -> new Fault(
                list.name(),
                list.outcome(),
                (body, connection) ->
                        FakeResponder.answer(connection, "200 OK", list.der().apply(SERIAL))));
        return cells(Stream.concat(faults, networkFaults((body, connection) -> new RevocationLists(ROOT).der())));
    }

    private record ListCase(String name, Outcome outcome, Function<BigInteger, byte[]> der) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<ListCase> lists() {
        return Stream.concat(
                wellFormedLists(),
                Stream.of(MalformedList.values())
                        .map(malformed -> new ListCase(
                                "malformed, " + malformed,
                                malformed == MalformedList.SOUND ? Outcome.REVOKED : Outcome.NO_PROOF,
                                serial -> malformed.of(ROOT, serial))));
    }

    private static Stream<ListCase> wellFormedLists() {
        return Stream.of(
                list("good", Outcome.ADMITTED, serial -> new RevocationLists(ROOT)),
                list(
                        "good, others revoked",
                        Outcome.ADMITTED,
                        serial -> new RevocationLists(ROOT).revoke(OTHER_SERIAL)),
                list("good, of users only", Outcome.ADMITTED, serial -> scoped(null, true, false, false)),
                list("revoked", Outcome.REVOKED, serial -> new RevocationLists(ROOT).revoke(serial)),
                list(
                        "revoked, on a list that has expired since",
                        Outcome.REVOKED,
                        serial ->
                                new RevocationLists(ROOT, NOW.minusSeconds(7200), NOW.minusSeconds(60)).revoke(serial)),
                list(
                        "expired",
                        Outcome.NO_PROOF,
                        serial -> new RevocationLists(ROOT, NOW.minusSeconds(7200), NOW.minusSeconds(60))),
                list(
                        "from the future",
                        Outcome.NO_PROOF,
                        serial -> new RevocationLists(ROOT, NOW.plusSeconds(3600), NOW.plusSeconds(7200))),
                list(
                        "without an end",
                        Outcome.NO_PROOF,
                        serial -> new RevocationLists(ROOT, NOW.minusSeconds(60), null)),
                list(
                        "signed by somebody else",
                        Outcome.NO_PROOF,
                        serial -> new RevocationLists(ROOT).signedBy(STRANGER)),
                list(
                        "delta",
                        Outcome.NO_PROOF,
                        serial -> new RevocationLists(ROOT)
                                .extension(Extension.deltaCRLIndicator, true, new ASN1Integer(1))),
                list(
                        "amended by delta lists",
                        Outcome.NO_PROOF,
                        serial -> new RevocationLists(ROOT)
                                .extension(Extension.freshestCRL, false, point("http://127.0.0.1/delta"))),
                list("indirect", Outcome.NO_PROOF, serial -> scoped(null, false, false, true)),
                list(
                        "for some reasons",
                        Outcome.NO_PROOF,
                        serial -> scoped(new ReasonFlags(ReasonFlags.keyCompromise), false, false, false)),
                list(
                        "with an unknown critical extension",
                        Outcome.NO_PROOF,
                        serial -> new RevocationLists(ROOT)
                                .extension(new ASN1ObjectIdentifier("1.2.3.4"), true, new DERUTF8String("?"))),
                list(
                        "with an unknown critical extension of an entry",
                        Outcome.NO_PROOF,
                        serial -> new RevocationLists(ROOT)
                                .revoke(OTHER_SERIAL, "1.2.3.4", true, new DERUTF8String("?"))),
                new ListCase("empty file", Outcome.NO_PROOF, serial -> new byte[] {0x30, 0}),
                new ListCase("garbage", Outcome.NO_PROOF, serial -> bytes("<html>welcome</html>")),
                new ListCase("cut off", Outcome.NO_PROOF, serial -> resized(new RevocationLists(ROOT).der(), -1)),
                new ListCase(
                        "with more bytes", Outcome.NO_PROOF, serial -> resized(new RevocationLists(ROOT).der(), 1)),
                new ListCase("compressed", Outcome.NO_PROOF, serial -> gzip(new RevocationLists(ROOT).der())),
                list("of authorities only", Outcome.NO_ANSWER, serial -> scoped(null, false, true, false)),
                list("of another authority", Outcome.NO_PROOF, serial -> new RevocationLists(DELEGATE)));
    }

    @ParameterizedTest(name = "CRL file at the start: {0}, {1}")
    @MethodSource("fileCells")
    @DisplayName("CVE-2026-53434: an unusable CRL refuses the start")
    void decidesByTheListInAFile(ListCase list, Failing failing) {
        listInFile(list, failing);

        if (list.outcome() == Outcome.NO_PROOF || startsOnlyWithItsAuthority(list)) {
            SettingsException refused = catchThrowableOfType(SettingsException.class, fixture::open);
            assertThat(refused.problems()).singleElement().asString().contains("TK-302", "list.crl");
        } else {
            assertOutcome(list.outcome(), failing, fixture.open());
        }
    }

    /** An expired CRL refuses the start whatever it contains, and so does the CRL of an untrusted issuer. */
    private static boolean startsOnlyWithItsAuthority(ListCase list) {
        return list.name().contains("expired since") || list.name().contains("another authority");
    }

    @ParameterizedTest(name = "CRL file at a reload: {0}, {1}")
    @MethodSource("fileCells")
    void keepsTheListThatWasReadLast(ListCase list, Failing failing) {
        byte[] good = new RevocationLists(ROOT).revoke(BYSTANDER).der();
        listInFile(new ListCase("good", Outcome.ADMITTED, serial -> good), failing);
        fixture.list(BYSTANDER);
        Gate gate = fixture.open();

        fixture.write("list.crl", list.der().apply(SERIAL));
        gate.refresh();

        boolean kept = list.outcome() == Outcome.NO_PROOF || startsOnlyWithItsAuthority(list);
        assertThat(RevocationFixture.decide(gate, BYSTANDER) == Reason.REVOKED).isEqualTo(kept);
        assertThat(log.lines().stream().anyMatch(line -> line.contains("TK-301") && line.contains("list.crl")))
                .isEqualTo(kept);
        assertOutcome(kept ? Outcome.ADMITTED : list.outcome(), failing, gate);
    }

    static Stream<Arguments> fileCells() {
        return lists().flatMap(list -> Stream.of(Failing.values()).map(failing -> Arguments.of(list, failing)));
    }

    private void listInFile(ListCase list, Failing failing) {
        fixture.given.put("ocsp", "false");
        fixture.given.put("crlDistributionPoints", "false");
        fixture.given.put("crl", fixture.write("list.crl", list.der().apply(SERIAL)));
        fixture.given.put("revocationSoftFail", String.valueOf(failing == Failing.SOFT));
        alice = TestCertificate.named("CN=alice").serial(SERIAL).issuedBy(ROOT).build();
        fixture.list(alice);
    }

    private void decideEachCell(
            Fault fault,
            Failing failing,
            BiFunction<TestCertificate.Builder, String[], TestCertificate.Builder> pointer) {
        fixture.given.put("revocationSoftFail", String.valueOf(failing == Failing.SOFT));
        try (FakeResponder responder = new FakeResponder(fault.behaviour())) {
            String url = urlFor(fault, responder);
            TestCertificate.Builder builder =
                    TestCertificate.named("CN=alice").serial(SERIAL).issuedBy(ROOT);
            alice = (url == null ? builder : pointer.apply(builder, new String[] {url})).build();
            fixture.list(alice);
            assertOutcome(fault.outcome(), failing, fixture.open());
        }
    }

    private static String urlFor(Fault fault, FakeResponder responder) {
        return switch (fault.name()) {
            case "no address" -> null;
            case "connection refused" -> {
                responder.close();
                yield responder.url();
            }
            case "ldap:" -> "ldap://127.0.0.1/cn=crl";
            case "file:" -> "file:///etc/passwd";
            case "not a URL" -> "http://[";
            default -> responder.url();
        };
    }

    private void assertOutcome(Outcome outcome, Failing failing, Gate gate) {
        long before = fixture.counters.softFails();
        long begin = System.nanoTime();
        Reason reason = RevocationFixture.decide(gate, alice);
        long millis = Duration.ofNanos(System.nanoTime() - begin).toMillis();

        assertThat(reason).isEqualTo(expected(outcome, failing));
        boolean overlooked = outcome == Outcome.NO_ANSWER && failing == Failing.SOFT;
        assertThat(fixture.counters.softFails() - before).isEqualTo(overlooked ? 1 : 0);
        assertThat(log.lines().stream().anyMatch(line -> line.contains("TK-322")))
                .isEqualTo(fixture.counters.softFails() > 0);
        longest.accumulateAndGet(millis, Math::max);
        assertThat(millis).isLessThan(RevocationFixture.BUDGET_MILLIS + 1000L);
    }

    private static Reason expected(Outcome outcome, Failing failing) {
        return switch (outcome) {
            case ADMITTED -> null;
            case REVOKED -> Reason.REVOKED;
            case NO_PROOF -> Reason.REVOCATION_NOT_PROVED;
            case NO_ANSWER -> failing == Failing.HARD ? Reason.REVOCATION_NOT_KNOWN : null;
        };
    }

    /** Failures of the network; some of them occur while a good answer arrives. */
    private static Stream<Fault> networkFaults(Good good) {
        return Stream.of(
                new Fault("no address", Outcome.NO_ANSWER, RevocationFaultsTest::hang),
                new Fault("connection refused", Outcome.NO_ANSWER, RevocationFaultsTest::hang),
                new Fault("ldap:", Outcome.NO_ANSWER, RevocationFaultsTest::hang),
                new Fault("file:", Outcome.NO_ANSWER, RevocationFaultsTest::hang),
                new Fault("not a URL", Outcome.NO_ANSWER, RevocationFaultsTest::hang),
                new Fault("hang", Outcome.NO_ANSWER, RevocationFaultsTest::hang),
                new Fault(
                        "drip of the head",
                        Outcome.NO_ANSWER,
                        (body, connection) -> drip(connection, bytes("HTTP/1.1 200 OK\r\nX: " + "x".repeat(1000)))),
                new Fault("drip of the body", Outcome.NO_ANSWER, (body, connection) -> {
                    byte[] answer = good.answer(body, connection);
                    connection
                            .getOutputStream()
                            .write(bytes("HTTP/1.1 200 OK\r\nContent-Length: " + answer.length + "\r\n\r\n"));
                    drip(connection, answer);
                }),
                new Fault("reset", Outcome.NO_ANSWER, (body, connection) -> connection.setSoLinger(true, 0)),
                new Fault("closed", Outcome.NO_ANSWER, (body, connection) -> {}),
                new Fault("closed within the body", Outcome.NO_ANSWER, (body, connection) -> {
                    byte[] answer = good.answer(body, connection);
                    connection
                            .getOutputStream()
                            .write(bytes("HTTP/1.1 200 OK\r\nContent-Length: " + (answer.length + 1) + "\r\n\r\n"));
                    connection.getOutputStream().write(answer);
                }),
                fault("no HTTP", Outcome.NO_ANSWER, null, bytes("SSH-2.0-OpenSSH_9.2\r\n\r\n")),
                good("HTTP 204", "204 No Content", "", (body, connection) -> new byte[0]),
                good("HTTP 302 to a good answer", "302 Found", "Location: /good\r\n", good),
                good("HTTP 302 to file:", "302 Found", "Location: file:///etc/passwd\r\n", good),
                good("HTTP 404 with a good answer", "404 Not Found", "", good),
                good("HTTP 500 with a good answer", "500 Internal Server Error", "", good),
                fault("empty", Outcome.NO_ANSWER, "200 OK", new byte[0]),
                new Fault("endless", Outcome.NO_ANSWER, (body, connection) -> {
                    connection.getOutputStream().write(bytes("HTTP/1.1 200 OK\r\n\r\n"));
                    while (true) {
                        connection.getOutputStream().write(new byte[1 << 16]);
                    }
                }),
                fault("10 MB", Outcome.NO_ANSWER, "200 OK", new byte[10 << 20]),
                new Fault("a head of 20 MB", Outcome.NO_ANSWER, (body, connection) -> {
                    connection.getOutputStream().write(bytes("HTTP/1.1 200 OK\r\n"));
                    byte[] line = bytes("X-Filler: " + "x".repeat(1 << 16) + "\r\n");
                    for (int i = 0; i < 320; i++) {
                        connection.getOutputStream().write(line);
                    }
                }));
    }

    /** Gives the good answer. */
    private interface Good {
        byte[] answer(byte[] body, Socket connection) throws IOException;
    }

    private static void hang(byte[] body, Socket connection) throws IOException {
        connection.getInputStream().read();
    }

    private static void drip(Socket connection, byte[] bytes) throws IOException {
        for (byte b : bytes) {
            connection.getOutputStream().write(b);
            connection.setSoTimeout(20);
            try {
                connection.getInputStream().read();
                return;
            } catch (SocketTimeoutException e) {
                // The client is still waiting.
            }
        }
    }

    private static Good responding(UnaryOperator<OcspAnswers> how) {
        return (body, connection) -> how.apply(new OcspAnswers(ROOT)).to(body);
    }

    private static Fault signed(String name, Outcome outcome, UnaryOperator<OcspAnswers> how) {
        return new Fault(
                name,
                outcome,
                (body, connection) -> FakeResponder.answer(
                        connection, "200 OK", responding(how).answer(body, connection)));
    }

    private static Fault status(String name, Outcome outcome, int status) {
        return fault(name, outcome, "200 OK", OcspAnswers.failure(status));
    }

    private static Fault good(String name, String status, String headers, Good good) {
        return new Fault(
                name,
                Outcome.NO_ANSWER,
                (body, connection) -> FakeResponder.answer(connection, status, headers, good.answer(body, connection)));
    }

    private static Fault fault(String name, Outcome outcome, String status, byte[] answer) {
        return new Fault(name, outcome, (body, connection) -> {
            if (status == null) {
                connection.getOutputStream().write(answer);
            } else {
                FakeResponder.answer(connection, status, answer);
            }
        });
    }

    private static ListCase list(String name, Outcome outcome, Function<BigInteger, RevocationLists> list) {
        return new ListCase(name, outcome, serial -> list.apply(serial).der());
    }

    private static RevocationLists scoped(ReasonFlags reasons, boolean users, boolean authorities, boolean indirect) {
        return new RevocationLists(ROOT)
                .extension(
                        Extension.issuingDistributionPoint,
                        true,
                        new IssuingDistributionPoint(null, users, authorities, reasons, indirect, false));
    }

    private static CRLDistPoint point(String url) {
        GeneralNames names = new GeneralNames(new GeneralName(GeneralName.uniformResourceIdentifier, url));
        return new CRLDistPoint(
                new DistributionPoint[] {new DistributionPoint(new DistributionPointName(names), null, null)});
    }

    private static Stream<Arguments> cells(Stream<Fault> faults) {
        return faults.flatMap(fault -> Stream.of(Failing.values()).map(failing -> Arguments.of(fault, failing)));
    }

    private static byte[] resized(byte[] bytes, int by) {
        return Arrays.copyOf(bytes, bytes.length + by);
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
