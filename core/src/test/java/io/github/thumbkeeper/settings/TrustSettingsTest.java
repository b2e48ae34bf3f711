/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings about trust mean, from their text to the verdict. */
class TrustSettingsTest {

    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();
    private static final TestCertificate OTHER =
            TestCertificate.named("CN=Other").ca().build();
    private static final TestCertificate SUB =
            TestCertificate.named("CN=Sub").ca().issuedBy(ROOT).build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").issuedBy(SUB).build();
    private static final TestCertificate SELF = TestCertificate.named("CN=self").build();

    @TempDir
    private Path folder;

    private final CapturedLog log = new CapturedLog();
    private final FakeResources resources = new FakeResources();
    private final MovableClock clock = new MovableClock(Instant.now());
    private final Map<String, String> given = new HashMap<>();

    @BeforeEach
    void listBoth() throws IOException {
        given.put("thumbprints", ALICE.sha256() + " " + SELF.sha256());
        given.put("validateTrust", "true");
        given.put("trustStore", write("root.pem", ROOT.pem()).toString());
    }

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    void refusesAListedCertificateWithoutAPath() {
        Gate gate = open();

        assertThat(decide(gate, ALICE)).isEqualTo(Reason.NOT_TRUSTED);
        assertThat(decide(gate, ALICE, SUB)).isNull();
        assertThat(decide(gate, SELF)).isEqualTo(Reason.NOT_TRUSTED);
    }

    @Test
    @DisplayName("trust alone does not admit a certificate")
    void refusesACertificateWithAPathThatIsNotListed() {
        given.put("thumbprints", SELF.sha256());

        assertThat(decide(open(), ALICE, SUB)).isEqualTo(Reason.NOT_LISTED);
    }

    @Test
    @DisplayName("a root that is removed from the trust store is not trusted on the next request")
    void followsTheTrustStore() throws IOException {
        Gate gate = open();
        assertThat(decide(gate, ALICE, SUB)).isNull();

        write("root.pem", OTHER.pem());
        assertThat(gate.refresh()).isTrue();
        assertThat(decide(gate, ALICE, SUB)).isEqualTo(Reason.NOT_TRUSTED);

        write("root.pem", OTHER.pem() + ROOT.pem() + SUB.pem());
        assertThat(gate.refresh()).isTrue();
        assertThat(decide(gate, ALICE)).isNull();
        assertThat(gate.refresh()).isFalse();
    }

    @Test
    void keepsTheLastGoodTrustStore() throws IOException {
        Gate gate = open();

        write("root.pem", ROOT.pem().substring(0, 300));
        gate.refresh();

        assertThat(decide(gate, ALICE, SUB)).isNull();
        assertThat(log.lines()).anyMatch(line -> line.contains("TK-301") && line.contains("root.pem"));
    }

    @Test
    @DisplayName("an emptied trust store is obeyed: every request is refused")
    void refusesEveryRequestIfTheTrustStoreIsEmptied() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("roots"));
        Files.writeString(directory.resolve("root.pem"), ROOT.pem());
        given.put("trustStore", directory.toString());
        Gate gate = open();
        assertThat(decide(gate, ALICE, SUB)).isNull();

        Files.delete(directory.resolve("root.pem"));
        gate.refresh();

        assertThat(decide(gate, ALICE, SUB)).isEqualTo(Reason.NOT_TRUSTED);
        assertThat(log.lines()).anyMatch(line -> line.contains("every request is refused"));
    }

    @Test
    void keepsTheTrustStoreWhenItsDirectoryIsGone() throws IOException {
        Path directory = Files.createDirectory(folder.resolve("roots"));
        Files.writeString(directory.resolve("root.pem"), ROOT.pem());
        given.put("trustStore", directory.toString());
        Gate gate = open();

        Files.delete(directory.resolve("root.pem"));
        Files.delete(directory);
        gate.refresh();

        assertThat(decide(gate, ALICE, SUB)).isNull();
    }

    @Test
    void refusesToStartWithoutARoot() throws IOException {
        given.put("trustStore", write("sub.pem", SUB.pem()).toString());

        assertThat(problems()).singleElement().asString().contains("TK-302", "sub.pem", "no self-signed certificate");
    }

    @Test
    void refusesToStartWithAnEmptyTrustStore() throws IOException {
        given.put("trustStore", Files.createDirectory(folder.resolve("empty")).toString());
        given.put("allowEmptyStore", "true");

        assertThat(problems()).singleElement().asString().contains("TK-302", "no self-signed certificate");
    }

    @Test
    @DisplayName("CVE-2026-27586: without its trust store the gate does not start, or refuses every request")
    void refusesToStartWithoutItsTrustStore() {
        given.put("trustStore", folder.resolve("missing.pem").toString());
        assertThat(problems()).singleElement().asString().contains("TK-302", "missing.pem", "does not exist");

        given.put("storeUnavailable", "refuse-requests");
        Gate gate = open();
        assertThat(decide(gate, ALICE, SUB)).isEqualTo(Reason.NO_LIST);
    }

    @Test
    void recoversWhenTheTrustStoreCanBeRead() throws IOException {
        given.put("trustStore", folder.resolve("late.pem").toString());
        given.put("storeUnavailable", "refuse-requests");
        Gate gate = open();

        write("late.pem", ROOT.pem());
        gate.refresh();

        assertThat(decide(gate, ALICE, SUB)).isNull();
    }

    @Test
    void refusesEveryRequestIfTheTrustStoreIsStale() throws IOException {
        given.put("maxStaleness", "1h");
        Gate gate = open();

        Files.delete(folder.resolve("root.pem"));
        clock.advance(Duration.ofHours(2));
        gate.refresh();

        assertThat(decide(gate, ALICE, SUB)).isEqualTo(Reason.STALE_LIST);
    }

    @Test
    void refusesToStartWithOnlyOneOfTheTwo() {
        given.remove("trustStore");
        assertThat(problems()).singleElement().asString().startsWith("TK-204 validateTrust: ");

        given.remove("validateTrust");
        given.put("trustStore", "roots.pem");
        assertThat(problems()).singleElement().asString().startsWith("TK-204 trustStore: ");

        given.remove("trustStore");
        given.put("trustStorePassword", "secret");
        assertThat(problems()).singleElement().asString().startsWith("TK-204 trustStorePassword: ");
    }

    @Test
    void readsTheTrustStoreFromAKeyStoreFile() throws Exception {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        keyStore.load(null, null);
        keyStore.setCertificateEntry("root", ROOT.certificate());
        Path file = folder.resolve("trust.p12");
        try (var out = Files.newOutputStream(file)) {
            keyStore.store(out, "changeit".toCharArray());
        }
        given.put("trustStore", file.toString());
        assertThat(problems())
                .singleElement()
                .asString()
                .contains("trustStorePassword")
                .doesNotContain("changeit");

        given.put("trustStorePasswordFile", write("password", "changeit\n").toString());
        assertThat(decide(open(), ALICE, SUB)).isNull();
        given.remove("trustStorePasswordFile");
        given.put("trustStorePassword", "changeit");
        assertThat(Settings.parse(given, resources, clock).summary()).doesNotContain("changeit");
        assertThat(decide(open(), ALICE, SUB)).isNull();
    }

    @Test
    void readsTheTrustStoreFromJndi() throws Exception {
        KeyStore keyStore = KeyStore.getInstance("PKCS12");
        keyStore.load(null, null);
        keyStore.setCertificateEntry("root", ROOT.certificate());
        given.put("trustStore", "java:comp/env/cert/roots");
        assertThat(problems()).singleElement().asString().contains("TK-302", "java:comp/env/cert/roots");

        resources.bind("java:comp/env/cert/roots", keyStore);
        Gate gate = open();
        assertThat(decide(gate, ALICE, SUB)).isNull();

        resources.bind("java:comp/env/cert/roots", folder.resolve("root.pem").toString());
        gate.refresh();
        assertThat(decide(gate, ALICE, SUB)).isNull();

        resources.bind("java:comp/env/cert/roots", List.of(OTHER.certificate()));
        gate.refresh();
        assertThat(decide(gate, ALICE, SUB)).isEqualTo(Reason.NOT_TRUSTED);
    }

    @Test
    void refusesToStartWithAnyOtherLocation() {
        given.put("trustStore", "https://example.com/roots.pem");

        assertThat(problems()).singleElement().asString().contains("TK-203 trustStore", "expected a java: name");
    }

    @Test
    @DisplayName("the dates of the client's certificate keep their own settings")
    void admitsAnExpiredCertificateOnlyWithoutDateChecks() {
        TestCertificate expired = TestCertificate.named("CN=alice")
                .validUntil(clock.instant().minusSeconds(3600))
                .issuedBy(ROOT)
                .build();
        given.put("thumbprints", expired.sha256());
        assertThat(decide(open(), expired)).isEqualTo(Reason.EXPIRED);

        given.put("validateNotAfter", "false");
        assertThat(decide(open(), expired)).isNull();
    }

    @Test
    @DisplayName("a verified path proves the common name, so that pins may be listed")
    void namesPrincipalsByVerifiedCertificatesInEveryList() {
        given.put("thumbprints", ALICE.sha1());
        given.put("principal", "common-name");
        assertThat(decide(open(), ALICE, SUB)).isNull();

        given.remove("validateTrust");
        given.remove("trustStore");
        assertThat(problems()).singleElement().asString().contains("TK-302", "too weak");
    }

    @Test
    void warnsOfATrustStoreThatEveryUserCanWrite() throws IOException {
        Files.setPosixFilePermissions(folder.resolve("root.pem"), PosixFilePermissions.fromString("rw-r--rw-"));

        open();

        assertThat(log.lines()).anyMatch(line -> line.contains("TK-306") && line.contains("every user"));
    }

    private Gate open() {
        return Settings.parse(given, resources, clock).open(new Counters(), clock, clock::nanoTime);
    }

    private List<String> problems() {
        return catchThrowableOfType(SettingsException.class, this::open).problems();
    }

    private static Reason decide(Gate gate, TestCertificate leaf, TestCertificate... others) {
        X509Certificate[] chain = new X509Certificate[others.length + 1];
        chain[0] = leaf.certificate();
        for (int i = 0; i < others.length; i++) {
            chain[i + 1] = others[i].certificate();
        }
        Verdict verdict = gate.decide(FakeExchange.showing(chain));
        return verdict instanceof Verdict.Refused refused ? refused.reason() : null;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
