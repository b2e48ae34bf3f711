/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Signature algorithms and key sizes, of listed certificates and of the whole path, from the settings to verdict and log. */
class SignaturesInPathTest {

    private static final String OLD = "SHA1withRSA";
    private static final String NEW = "SHA256withRSA";

    private static final KeyPair KEYS =
            TestCertificate.named("CN=keys").rsa(2048).build().keyPair();
    private static final KeyPair SMALL_KEYS =
            TestCertificate.named("CN=small keys").rsa(1024).build().keyPair();

    private final Map<String, String> given = new HashMap<>();
    private final MovableClock clock = new MovableClock(Instant.now());

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "allowed [{0}]: root {1}, intermediate {2}, client {3}: {4}")
    @CsvSource({
        "SHA256withRSA, SHA256withRSA, SHA256withRSA, SHA256withRSA, admitted",
        "SHA256withRSA, SHA1withRSA, SHA256withRSA, SHA256withRSA, admitted",
        "SHA256withRSA, SHA256withRSA, SHA1withRSA, SHA256withRSA, TK-123",
        "SHA256withRSA, SHA256withRSA, SHA256withRSA, SHA1withRSA, TK-123",
        "SHA256withRSA, SHA256withRSA, SHA512withRSA, SHA256withRSA, TK-123",
        "SHA256withRSA SHA512withRSA, SHA256withRSA, SHA512withRSA, SHA256withRSA, admitted",
        "SHA1withRSA, SHA256withRSA, SHA256withRSA, SHA256withRSA, TK-123",
        ", SHA1withRSA, SHA1withRSA, SHA1withRSA, admitted"
    })
    void requiresAllowedAlgorithmsInThePath(String allowed, String root, String sub, String leaf, String expected)
            throws IOException {
        TestCertificate top = authority("CN=Root", root, null);
        TestCertificate middle = authority("CN=Sub", sub, top);
        TestCertificate alice = client("CN=alice", leaf, middle);
        trust(top.pem());
        if (allowed != null) {
            given.put("allowedSignatureAlgorithms", allowed);
        }
        for (Map.Entry<String, String> list : Map.of(
                        "thumbprints", alice.sha256(), "identities", "issuer-subject=CN=Sub")
                .entrySet()) {
            given.keySet().removeAll(List.of("thumbprints", "identities"));
            given.put(list.getKey(), list.getValue());
            Gate gate = open();
            assertThat(outcome(gate, alice, middle)).as(list.toString()).isEqualTo(expected);
            assertThat(outcome(gate, alice, middle)).as("again").isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("of two paths the allowed one counts, in whatever order the client sends them")
    void findsTheAllowedPath() throws IOException {
        TestCertificate root = authority("CN=Root", NEW, null);
        TestCertificate old = authority("CN=Sub", OLD, root);
        TestCertificate renewed = authority("CN=Sub", NEW, root);
        TestCertificate alice = client("CN=alice", NEW, renewed);
        trust(root.pem());
        given.put("thumbprints", alice.sha256());
        given.put("allowedSignatureAlgorithms", NEW);

        assertThat(outcome(open(), alice, old)).isEqualTo("TK-123");
        assertThat(outcome(open(), alice, old, renewed)).isEqualTo("admitted");
        assertThat(outcome(open(), alice, renewed, old)).isEqualTo("admitted");
        trust(root.pem() + old.pem());
        assertThat(outcome(open(), alice)).isEqualTo("TK-123");
    }

    @Test
    @DisplayName("a client's certificate that is itself in the trust store must have an allowed signature")
    void checksAClientThatIsARoot() throws IOException {
        TestCertificate self =
                TestCertificate.named("CN=self").key(KEYS).signedWith(OLD).build();
        trust(self.pem());
        given.put("thumbprints", self.sha256());
        assertThat(outcome(open(), self)).isEqualTo("admitted");

        given.put("allowedSignatureAlgorithms", NEW);
        assertThat(outcome(open(), self)).isEqualTo("TK-123");
    }

    /** A name, the algorithm and the keys of a listed certificate, and the warning. */
    private record Listed(String name, String algorithm, KeyPair keys, String warning) {
        TestCertificate certificate() {
            return TestCertificate.named("CN=" + name)
                    .key(keys)
                    .signedWith(algorithm)
                    .build();
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Listed> LISTED = List.of(
            new Listed("sound", NEW, KEYS, ""),
            new Listed("sound-ec", "SHA256withECDSA", keys(), ""),
            new Listed("sha1", OLD, KEYS, "an MD5 or SHA-1 signature, which can be forged: [sha1]"),
            new Listed("sha1-ec", "SHA1withECDSA", keys(), "an MD5 or SHA-1 signature, which can be forged: [sha1-ec]"),
            new Listed("md5", "MD5withRSA", KEYS, "an MD5 or SHA-1 signature, which can be forged: [md5]"),
            new Listed("md2", "MD2withRSA", KEYS, "an MD5 or SHA-1 signature, which can be forged: [md2]"),
            new Listed("small", NEW, SMALL_KEYS, "RSA keys below 2048 bits, which are too small"));

    private static KeyPair keys() {
        return TestCertificate.named("CN=keys").build().keyPair();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("LISTED")
    @DisplayName("weak certificates in a store are one TK-306, again only if there are others, and are admitted")
    void warnsOfWeakCertificates(Listed listed) throws IOException {
        TestCertificate client = listed.certificate();
        Path file = Files.writeString(folder.resolve(listed.name() + ".pem"), client.pem());
        given.put("store", file.toString());
        try (CapturedLog log = new CapturedLog()) {
            Gate gate = open();
            gate.refresh();
            assertThat(outcome(gate, client)).isEqualTo("admitted");
            assertThat(outcome(gate, client)).isEqualTo("admitted");

            assertThat(remarks(log)).hasSize(listed.warning().isEmpty() ? 0 : 1);
            assertThat(remarks(log))
                    .allMatch(line -> line.startsWith("WARNING TK-306 store [" + file + "] lists certificates with ")
                            && line.contains(listed.warning())
                            && line.contains("[" + listed.name() + "]"));

            Files.writeString(
                    file, client.pem() + TestCertificate.named("CN=x").build().pem());
            gate.refresh();
            gate.refresh();
            assertThat(remarks(log))
                    .as("another certificate")
                    .hasSize(listed.warning().isEmpty() ? 0 : 1);

            Files.writeString(file, client.pem() + listed.certificate().pem());
            gate.refresh();
            gate.refresh();
            assertThat(remarks(log))
                    .as("another weak certificate")
                    .hasSize(listed.warning().isEmpty() ? 0 : 2);
        }
        given.remove("store");
        given.put("thumbprints", client.sha256());
        given.put("deny", file.toString());
        try (CapturedLog log = new CapturedLog()) {
            assertThat(outcome(open(), client)).isEqualTo("TK-121");
            assertThat(remarks(log)).isEmpty();
        }
    }

    private static List<String> remarks(CapturedLog log) {
        return log.lines().stream().filter(line -> line.contains("TK-306")).toList();
    }

    private static TestCertificate authority(String name, String algorithm, TestCertificate issuer) {
        TestCertificate.Builder builder =
                TestCertificate.named(name).key(KEYS).signedWith(algorithm).ca();
        return (issuer == null ? builder : builder.issuedBy(issuer)).build();
    }

    private static TestCertificate client(String name, String algorithm, TestCertificate issuer) {
        return TestCertificate.named(name)
                .key(KEYS)
                .signedWith(algorithm)
                .issuedBy(issuer)
                .build();
    }

    private void trust(String pem) throws IOException {
        given.put("validateTrust", "true");
        given.put(
                "trustStore", Files.writeString(folder.resolve("root.pem"), pem).toString());
    }

    private Gate open() {
        return Settings.parse(given, new FakeResources(), clock).open(new Counters(), clock, clock::nanoTime);
    }

    private static String outcome(Gate gate, TestCertificate client, TestCertificate... others) {
        X509Certificate[] chain = Stream.concat(Stream.of(client), Stream.of(others))
                .map(TestCertificate::certificate)
                .toArray(X509Certificate[]::new);
        Verdict verdict = gate.decide(FakeExchange.showing(chain));
        return verdict instanceof Verdict.Refused refused ? refused.reason().code() : "admitted";
    }
}
