/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.ForeignFile;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.Der;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names files that are not what they seem in the settings for certificates. */
class ForeignFilesTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").ec().build();
    private static final byte[] ECDSA = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] ECDSA_SHA384 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 3));

    private final CapturedLog log = new CapturedLog();
    private final FakeResources resources = new FakeResources();
    private final MovableClock clock = new MovableClock(Instant.now());

    @TempDir
    private Path folder;

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.github.thumbkeeper.fakes.ForeignFile#all")
    void namesTheFormat(ForeignFile file) throws IOException {
        Path path = Files.write(folder.resolve("file"), file.bytes());

        for (Map<String, String> given : List.of(
                Map.of("store", path.toString()), Map.of("thumbprints", ALICE.sha256(), "deny", path.toString()))) {
            assertThat(refusal(given)).contains("store [" + path + "] ").contains(file.says());
        }
        assertThat(log.text() + refusal(Map.of("store", path.toString()))).doesNotContain(piece(file.bytes()));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("the same file in a folder names itself, or is ignored if it is a private key")
    @MethodSource("io.github.thumbkeeper.fakes.ForeignFile#all")
    void namesTheFormatInAFolder(ForeignFile file) throws IOException {
        ALICE.writePem(folder.resolve("alice.pem"));
        Gate gate = open(Map.of("store", folder.toString()));
        Files.write(folder.resolve("x.pem"), file.bytes());
        Files.delete(folder.resolve("alice.pem"));
        Files.writeString(folder.resolve("alice2.pem"), ALICE.pem());
        gate.refresh();

        assertThat(decide(gate, ALICE.certificate())).isInstanceOf(Verdict.Admitted.class);
        assertThat(log.lines()).filteredOn(line -> line.contains("/x.pem] ")).hasSize(1);
        assertThat(log.text()).doesNotContain(piece(file.bytes()));
    }

    /** Returns the beginning of the longest word of a file, if it is long enough to be a secret. */
    private static String piece(byte[] bytes) {
        String longest = "no file has this word";
        for (String word : new String(bytes, StandardCharsets.ISO_8859_1).split("[^A-Za-z0-9+/=]+", -1)) {
            longest = word.length() > longest.length() ? word : longest;
        }
        return longest.substring(0, 20);
    }

    static Stream<Arguments> refusedByTheRuntime() throws IOException {
        byte[] alice = new X500Name("CN=alice").getEncoded();
        byte[] empty = Der.sequence();
        byte[] ec = ALICE.certificate().getPublicKey().getEncoded();
        byte[] usage = Der.sequence(Der.oid(2, 5, 29, 15), Der.octets(Der.element(3, new byte[] {7, (byte) 0x80})));
        byte[] tiny = Der.sequence(
                Der.sequence(Der.oid(1, 2, 840, 113549, 1, 1, 1), Der.nothing()),
                Der.bits(Der.sequence(
                        Der.integer(BigInteger.TWO.pow(383).add(BigInteger.valueOf(187))), Der.integer(3))));
        byte[] explicit = Der.sequence(
                Der.sequence(
                        Der.oid(1, 2, 840, 10045, 2, 1),
                        Der.sequence(Der.integer(1), Der.sequence(Der.oid(1, 2, 840, 10045, 1, 1), Der.integer(23)))),
                Der.bits(new byte[65]));
        return Stream.of(
                arguments("empty issuer", certificate(empty, alice, ec, usage), "Empty issuer DN not allowed"),
                arguments(
                        "empty subject without another name",
                        certificate(alice, empty, ec, usage),
                        "subject field is empty, and SubjectAlternativeName extension is absent"),
                arguments(
                        "explicit curve",
                        certificate(alice, alice, explicit, usage),
                        "Only named ECParameters supported"),
                arguments(
                        "extension twice",
                        certificate(alice, alice, ec, usage, usage),
                        "Duplicate extensions not allowed"),
                arguments("tiny RSA", certificate(alice, alice, tiny, usage), "RSA keys must be at least 512 bits"),
                arguments(
                        "two algorithms",
                        Der.sequence(tbs(alice, alice, ec, usage), ECDSA_SHA384, Der.bits(new byte[70])),
                        "Signature algorithm mismatch"));
    }

    @ParameterizedTest(name = "{0} is refused with the reason of the Java runtime")
    @MethodSource("refusedByTheRuntime")
    void givesTheReasonOfTheRuntime(String name, byte[] der, String reason) throws IOException {
        Path path = Files.write(folder.resolve("file.der"), der);

        assertThat(refusal(Map.of("store", path.toString())))
                .contains("is an X.509 certificate that this Java runtime refuses: " + reason)
                .doesNotContain("alice");
    }

    static Stream<Arguments> bundles() {
        return ForeignFile.bundles().entrySet().stream().map(each -> arguments(each.getKey(), each.getValue()));
    }

    @ParameterizedTest(name = "in {0}")
    @DisplayName("PKCS #7 is read as a bundle, as a file and in a folder")
    @MethodSource("bundles")
    void readsPkcs7(String form, byte[] bundle) throws IOException {
        Path file = Files.write(Files.createDirectory(folder.resolve("clients")).resolve("chain.p7b"), bundle);

        for (Path store : List.of(file, file.getParent())) {
            Gate gate = open(Map.of("store", store.toString()));
            assertThat(decide(gate, ForeignFile.client().certificate())).isInstanceOf(Verdict.Admitted.class);
            assertThat(decide(gate, ALICE.certificate())).isInstanceOf(Verdict.Refused.class);
        }
        Gate denying = open(Map.of("thumbprints", ForeignFile.client().sha256(), "deny", file.toString()));
        assertThat(decide(denying, ForeignFile.client().certificate())).isInstanceOf(Verdict.Refused.class);
    }

    @ParameterizedTest(name = "serial number {0}")
    @ValueSource(
            strings = {
                "-5",
                "0",
                "1461501637330902918203684832716283019655932542975461501637330902918203684832716283019655"
            })
    void admitsStrangeSerialNumbers(String serial) throws IOException {
        TestCertificate strange =
                TestCertificate.named("CN=alice").serial(new BigInteger(serial)).build();
        strange.writePem(folder.resolve("alice.pem"));

        for (Map<String, String> given :
                List.of(Map.of("store", folder.toString()), Map.of("thumbprints", strange.sha256()))) {
            assertThat(decide(open(given), strange.certificate())).isInstanceOf(Verdict.Admitted.class);
        }
    }

    static Stream<Arguments> foldersWithNothing() {
        return Stream.of(
                arguments("store", Map.of()),
                arguments("deny", Map.of("thumbprints", ALICE.sha256())),
                arguments("trustStore", Map.of("thumbprints", ALICE.sha256(), "validateTrust", "true")));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a folder with only a key store and a certificate in bob.txt says what it ignores")
    @MethodSource("foldersWithNothing")
    void namesWhatAFolderIgnores(String setting, Map<String, String> others) throws IOException {
        TestKeyStores.writeTrusted(
                folder.resolve("clients.p12"), "PKCS12", "changeit", Map.of("alice", ALICE.certificate()));
        ALICE.writePem(folder.resolve("bob.txt"));
        Map<String, String> given = new HashMap<>(others);
        given.put(setting, folder.toString());

        assertThat(refusal(given))
                .contains("TK-302 ")
                .contains("/clients.p12] is ignored: its name does not end in .pem, ")
                .contains("; it is a PKCS12 key store; name the file itself in store or trustStore")
                .contains("/bob.txt] is ignored: ")
                .contains("; it seems to be an X.509 certificate: rename it if it is to count");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a warning about an ignored file is logged once, not with each change")
    @ValueSource(strings = {"tls.key", "alice-key.pem"})
    void logsAnIgnoredFileOnce(String key) throws IOException {
        ALICE.writePem(folder.resolve("alice.pem"));
        Files.writeString(folder.resolve(key), ALICE.privateKeyPem());
        Gate gate = open(Map.of("store", folder.toString()));
        Files.writeString(folder.resolve("bob.pem"), ForeignFile.client().pem());
        assertThat(gate.refresh()).isTrue();
        gate.refresh();

        assertThat(log.lines())
                .filteredOn(line -> line.contains("/" + key + "] is ignored: "))
                .hasSize(1);
        assertThat(log.text()).doesNotContain(piece(ALICE.privateKeyPem().getBytes(StandardCharsets.US_ASCII)));
    }

    private static byte[] certificate(byte[] issuer, byte[] subject, byte[] key, byte[]... extensions) {
        return Der.sequence(tbs(issuer, subject, key, extensions), ECDSA, Der.bits(new byte[70]));
    }

    private static byte[] tbs(byte[] issuer, byte[] subject, byte[] key, byte[]... extensions) {
        List<byte[]> elements = new ArrayList<>(List.of(
                Der.context(0, Der.integer(2)),
                Der.integer(7),
                ECDSA,
                issuer,
                Der.sequence(Der.time(Instant.EPOCH), Der.time(Instant.parse("2040-01-01T00:00:00Z"))),
                subject,
                key));
        elements.add(Der.context(3, Der.sequence(extensions)));
        return Der.sequence(elements.toArray(byte[][]::new));
    }

    private Verdict decide(Gate gate, X509Certificate certificate) {
        return gate.decide(FakeExchange.of(certificate));
    }

    private Gate open(Map<String, String> given) {
        return Settings.parse(given, resources, clock).open(new Counters(), clock, clock::nanoTime);
    }

    private String refusal(Map<String, String> given) {
        SettingsException failure = catchThrowableOfType(SettingsException.class, () -> open(given));
        assertThat(failure).isNotNull();
        return failure.getMessage();
    }
}
