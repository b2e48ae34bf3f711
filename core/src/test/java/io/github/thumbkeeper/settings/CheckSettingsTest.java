/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.EcdsaTwin;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings for rules, for what is denied, and for constraints. */
class CheckSettingsTest {

    private static final TestCertificate CA =
            TestCertificate.named("CN=Corp CA,O=Example").ca().build();
    private static final TestCertificate ALICE = TestCertificate.named("CN=alice")
            .issuedBy(CA)
            .serial(BigInteger.valueOf(171))
            .build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final String LISTED = ALICE.sha256() + "," + BOB.sha256() + "," + MALLORY.sha256();

    @TempDir
    private Path folder;

    private final CapturedLog log = new CapturedLog();
    private final FakeResources resources = new FakeResources();
    private final MovableClock clock = new MovableClock(Instant.now());

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    void admitsByRulesAlone() {
        Gate gate = open(Map.of(
                "identities", "thumbprint=" + ALICE.sha256() + " common-name=alice; public-key=sha256/" + BOB.pin()));

        assertAdmitted(gate, ALICE);
        assertAdmitted(gate, BOB);
        assertRefused(gate, MALLORY, Reason.NO_RULE);
        assertThat(gate.summary()).isEqualTo("[identities] 2 rules");
    }

    @Test
    @DisplayName("with lists and rules both configured the start-up line says so")
    void summaryTellsThatRulesAdd() {
        Gate gate = open(Map.of("thumbprints", BOB.sha256(), "identities", "thumbprint=" + ALICE.sha256()));

        assertThat(gate.summary())
                .matches("\\[thumbprints] 1 entry loaded .*, and certificates that match \\[identities] 1 rule");
        assertAdmitted(gate, ALICE);
        assertAdmitted(gate, BOB);
    }

    @ParameterizedTest(name = "identities [{0}]: {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "common-name=alice | TK-204 | rule 1 has neither [thumbprint] nor [public-key]",
                "commonname=alice | TK-203 | rule 1 [commonname] is unknown",
                "; | TK-203 | contains no rules",
                "public-key=PIN label=alice | TK-204 | but [store] is not set",
                "public-key=PIN issuer-subject=CN=ca | TK-204 | expected validateTrust=true"
            })
    void refusesBadRules(String rules, String code, String told) {
        assertThat(problems(Map.of("identities", rules.replace("PIN", "sha256/" + ALICE.pin()))))
                .singleElement()
                .asString()
                .startsWith(code + " identities: ")
                .contains(told);
    }

    @Test
    void refusesSha1RuleWhereTheSubjectNamesThePrincipal() {
        assertThat(problems(Map.of("identities", "thumbprint=" + ALICE.sha1(), "principal", "subject")))
                .singleElement()
                .asString()
                .contains("too weak for [principal]");
        Settings settings = Settings.parse(Map.of("identities", "thumbprint=" + ALICE.sha1()), resources, clock);
        assertThat(settings.warnings())
                .singleElement()
                .asString()
                .startsWith("TK-403 identities: 1 thumbprint is SHA-1");
    }

    @Test
    @DisplayName(
            "rules from a file: a change takes effect, what is malformed or gone leaves the last good ones in force")
    void followsTheRuleFile() throws IOException {
        Path file = write("rules.txt", "# who may\nthumbprint=" + ALICE.sha256() + "\n");
        Gate gate = open(Map.of("identities", "file:" + file));
        assertAdmitted(gate, ALICE);
        assertThat(gate.refresh()).isFalse();

        write("rules.txt", "\uFEFFpublic-key=sha256/" + BOB.pin() + "\r\n");
        assertRefused(gate, BOB, Reason.NO_RULE);
        assertThat(gate.refresh()).isTrue();
        assertAdmitted(gate, BOB);
        assertRefused(gate, ALICE, Reason.NO_RULE);

        for (String bad : List.of("common-name=alice\n", "x=y\n", "", "# nothing\n", "thumbprint=\u00FF\n")) {
            write("rules.txt", bad);
            assertThat(gate.refresh()).isFalse();
            assertAdmitted(gate, BOB);
            assertRefused(gate, ALICE, Reason.NO_RULE);
        }
        Files.write(file, new byte[] {(byte) 0xC3, 0x28});
        assertThat(gate.refresh()).isFalse();
        Files.delete(file);
        assertThat(gate.refresh()).isFalse();
        assertAdmitted(gate, BOB);
        assertThat(gate.state().stores().get(0).failing()).isTrue();
        assertThat(log.lines()).anyMatch(line -> line.startsWith("SEVERE TK-301 store [file:" + file));

        write("rules.txt", "thumbprint=" + ALICE.sha256() + "\n");
        assertThat(gate.refresh()).isTrue();
        assertAdmitted(gate, ALICE);
        assertThat(gate.state().stores().get(0).failing()).isFalse();
        assertThat(log.lines()).anyMatch(line -> line.startsWith("INFO TK-304 store [file:" + file));
    }

    @Test
    @DisplayName("a rule file that is cut off anywhere within a rule leaves the last good rules in force")
    void refusesRuleFileThatIsCutOff() throws IOException {
        TestCertificate renamed =
                TestCertificate.named("CN=alice smith").key(ALICE.keyPair()).build();
        String rule = "public-key=sha256/" + ALICE.pin() + " common-name='alice smith' serial-number="
                + renamed.certificate().getSerialNumber();
        Gate gate = open(Map.of("identities", "file:" + write("rules.txt", rule + "\n")));
        assertAdmitted(gate, renamed);

        for (int end = 0; end <= rule.length(); end++) {
            write("rules.txt", rule.substring(0, end));
            assertThat(gate.refresh()).isFalse();
            assertRefused(gate, ALICE, Reason.NO_RULE);
        }
        assertThat(log.lines()).anyMatch(line -> line.contains("may be cut off"));
        assertThat(openProblems(Map.of("identities", "file:" + folder.resolve("rules.txt"))))
                .singleElement()
                .asString()
                .contains("TK-302", "may be cut off; expected a file whose last line ends with a line break");
    }

    @Test
    @DisplayName("a rule file that has lost its last label would widen the stores again, and is not followed")
    void keepsLabels() throws IOException {
        Path file = write(
                "rules.txt", "label=bob public-key=sha256/" + BOB.pin() + "\nthumbprint=" + MALLORY.sha256() + "\n");
        ALICE.writePem(folder.resolve("alice.pem"));
        Gate gate = open(Map.of(
                "store",
                folder.resolve("alice.pem").toString(),
                "identities",
                "file:" + file,
                "allowEmptyStore",
                "true"));
        assertRefused(gate, ALICE, Reason.NO_RULE_FOR_ENTRY);

        for (String without : List.of("thumbprint=" + MALLORY.sha256() + "\n", "# nobody\n")) {
            write("rules.txt", without);
            assertThat(gate.refresh()).isFalse();
            assertRefused(gate, ALICE, Reason.NO_RULE_FOR_ENTRY);
        }
        assertThat(log.lines(Level.SEVERE))
                .anyMatch(
                        line -> line.startsWith("SEVERE TK-301") && line.contains("has no rule with a label any more"));
        write("rules.txt", "label=alice public-key=sha256/" + ALICE.pin() + "\n");
        assertThat(gate.refresh()).isTrue();
        assertAdmitted(gate, ALICE);
    }

    @Test
    @DisplayName("an issuer-certificate-id that the trust store lacks is told, when rules or trust store change too")
    void warnsOfUnknownIssuers() throws IOException {
        TestCertificate root = TestCertificate.named("CN=root").ca().build();
        Path trusted = Files.createDirectories(folder.resolve("trusted"));
        root.writePem(trusted.resolve("corp.pem"));
        Path file = write("rules.txt", "issuer-certificate-id=corp\nissuer-certificate-id=other\n");
        Gate gate =
                open(Map.of("identities", "file:" + file, "validateTrust", "true", "trustStore", trusted.toString()));
        assertThat(unknownIssuers()).containsExactly("[other]");

        gate.refresh();
        assertThat(unknownIssuers()).containsExactly("[other]");
        Files.move(trusted.resolve("corp.pem"), trusted.resolve("corporate.pem"));
        gate.refresh();
        assertThat(unknownIssuers()).containsExactly("[other]", "[corp]", "[other]");
        write("rules.txt", "issuer-certificate-id=corporate\n");
        gate.refresh();
        assertThat(unknownIssuers()).hasSize(3);
    }

    private List<String> unknownIssuers() {
        return log.lines(Level.WARNING).stream()
                .filter(line -> line.contains("TK-403 identities: issuer-certificate-id"))
                .map(line -> line.replaceAll(".*id (\\[.*]) matches no trustStore label.*", "$1"))
                .toList();
    }

    @Test
    @DisplayName("what is wrong with rules, trust store and stores is told together")
    void tellsAllThatIsMissing() {
        assertThat(openProblems(Map.of(
                        "identities", "file:" + folder.resolve("rules"),
                        "validateTrust", "true",
                        "trustStore", folder.resolve("trusted").toString(),
                        "store", folder.resolve("clients").toString(),
                        "deny", folder.resolve("denied").toString())))
                .hasSize(4)
                .allMatch(problem -> problem.startsWith("TK-302") && problem.contains("does not exist"));
    }

    @Test
    void logsWarningsOfTheRuleFile() throws IOException {
        Path file = write("rules.txt", "thumbprint=" + ALICE.sha1() + "\n");
        open(Map.of("identities", "file:" + file)).refresh();

        assertThat(log.lines(Level.WARNING))
                .singleElement()
                .asString()
                .contains("TK-306 store [file:" + file + "] 1 thumbprint is SHA-1");
    }

    @Test
    void refusesToStartWithoutARuleFile() throws IOException {
        assertThat(openProblems(Map.of("identities", "file:" + folder.resolve("missing"))))
                .singleElement()
                .asString()
                .startsWith("TK-302 store [file:")
                .contains("does not exist");
        Path bad = write("bad.txt", "common-name=alice\nx=y\n");
        assertThat(String.join("", openProblems(Map.of("identities", "file:" + bad))))
                .contains(
                        "rule 1 has neither",
                        "rule 2 a text of 1 character (not shown, it may be a password) is unknown");
        assertThat(openProblems(Map.of("identities", "file:" + write("none.txt", "# nothing\n"))))
                .singleElement()
                .asString()
                .contains("contains no rules", "allowEmptyStore=true");
        open(Map.of("identities", "file:" + write("none.txt", "# nothing\n"), "allowEmptyStore", "true"));
    }

    @Test
    @DisplayName("maxStaleness counts for the rule file too")
    void oldRulesEndInAnOutage() throws IOException {
        Path file = write("rules.txt", "thumbprint=" + ALICE.sha256() + "\n");
        Gate gate = open(Map.of("identities", "file:" + file, "maxStaleness", "1m"));
        Files.delete(file);
        clock.advance(Duration.ofSeconds(61));
        gate.refresh();

        assertRefused(gate, ALICE, Reason.STALE_LIST);
    }

    @ParameterizedTest(name = "deny [{0}] refuses alice")
    @ValueSource(
            strings = {
                "SHA256",
                "sha256:SHA256",
                "SHA1",
                "sha1:SHA1",
                "COLONS",
                "pin-sha256:PIN",
                "sha256/PIN",
                "sha256//PIN",
                "issuer=\"CN=Corp CA,O=Example\" serial=171",
                "issuer='cn=corp ca, o=EXAMPLE' serial=0xab",
                "issuer=\"CN=Corp CA,O=Example\" serial=00:ab",
                "issuer=\"CN=Corp CA,O=Example\" serial=1, SHA256;",
                "OTHER;issuer=\"CN=Corp CA,O=Example\" serial=171\nsha256/PIN,",
                "FOLDER/alice.pem",
                "FOLDER/alice.der",
                "FOLDER/pems",
                "FOLDER/list.txt",
                "OTHER,FOLDER/pems"
            })
    void denies(String deny) throws IOException {
        ALICE.writePem(folder.resolve("alice.pem"));
        ALICE.writeDer(folder.resolve("alice.der"));
        Files.createDirectories(folder.resolve("pems"));
        ALICE.writePem(folder.resolve("pems/a.pem"));
        write("list.txt", ALICE.sha256() + " until=2020-01-01T00:00:00Z disabled\n");
        String value = deny.replace("FOLDER", folder.toString())
                .replace("COLONS", ALICE.sha256().toUpperCase(Locale.ROOT).replaceAll("..(?=.)", "$0:"))
                .replaceAll("(?<!:)SHA256", ALICE.sha256())
                .replace("sha256:SHA256", "sha256:" + ALICE.sha256())
                .replace("SHA1", ALICE.sha1())
                .replace("PIN", ALICE.pin())
                .replace("OTHER", MALLORY.sha256());
        Gate gate = open(Map.of("thumbprints", LISTED, "identities", "thumbprint=" + ALICE.sha256(), "deny", value));

        assertRefused(gate, ALICE, Reason.DENIED);
        assertAdmitted(gate, BOB);
        assertThat(log.lines()).noneMatch(line -> line.contains("is itself admitted"));
    }

    @Test
    @DisplayName("a denied certificate does not come back as its ECDSA twin, unless it is denied by thumbprint alone")
    void deniesTheTwin() throws IOException {
        X509Certificate twin = EcdsaTwin.of(MALLORY.certificate());
        Path pem = folder.resolve("mallory.pem");
        MALLORY.writePem(pem);
        Map<String, String> given = Map.of("publicKeyPins", "sha256/" + MALLORY.pin());

        for (String deny : List.of(
                pem.toString(),
                "sha256/" + MALLORY.pin(),
                "issuer=\"CN=mallory\" serial=" + MALLORY.certificate().getSerialNumber())) {
            assertThat(decide(open(with(given, "deny", deny)), twin)).isEqualTo(Reason.DENIED);
        }
        assertThat(decide(open(with(given, "deny", MALLORY.sha256())), twin)).isNull();
    }

    @ParameterizedTest(name = "{0}, deny {1}: warned {2}")
    @CsvSource({
        "publicKeyPins, thumbprint, true",
        "identities, thumbprint, true",
        "thumbprints, thumbprint, false",
        "publicKeyPins, pin, false"
    })
    @DisplayName("a denied thumbprint is a warning if another certificate with the same key may be admitted")
    void warnsOfDeniedThumbprintIfItsKeyMayBeAdmitted(String admits, String denies, boolean warned) {
        String pin = "sha256/" + MALLORY.pin();
        Map<String, String> admitting =
                Map.of("publicKeyPins", pin, "identities", "public-key=" + pin, "thumbprints", MALLORY.sha256());
        Settings settings = Settings.parse(
                Map.of(admits, admitting.get(admits), "deny", denies.equals("pin") ? pin : MALLORY.sha256()),
                resources,
                clock);

        assertThat(settings.warnings().stream()
                        .anyMatch(line -> line.contains("does not deny other certificates with the same key")))
                .isEqualTo(warned);
    }

    @Test
    @DisplayName("a certificate of the same issuer and serial number as a listed one is not admitted")
    void issuerAndSerialNeverAdmit() throws IOException {
        Path pem = folder.resolve("alice.pem");
        ALICE.writePem(pem);
        TestCertificate otherCa =
                TestCertificate.named("CN=Corp CA,O=Example").ca().build();
        TestCertificate forged = TestCertificate.named("CN=alice")
                .issuedBy(otherCa)
                .serial(BigInteger.valueOf(171))
                .build();

        assertRefused(open(Map.of("store", pem.toString())), forged, Reason.NOT_LISTED);
    }

    @Test
    @DisplayName(
            "a deny store with a bad file only grows (row 63), and an empty one is taken only with allowEmptyStore")
    void denyStoreWithABadFileOnlyGrows() throws IOException {
        Path denied = Files.createDirectories(folder.resolve("denied"));
        ALICE.writePem(denied.resolve("alice.pem"));
        Gate gate = open(Map.of("thumbprints", LISTED, "deny", denied.toString()));
        assertRefused(gate, ALICE, Reason.DENIED);
        assertAdmitted(gate, BOB);

        Files.delete(denied.resolve("alice.pem"));
        BOB.writePem(denied.resolve("bob.pem"));
        write("denied/bad.pem", "-----BEGIN CERTIFICATE-----\nAAAA");
        assertThat(gate.refresh()).isTrue();
        assertRefused(gate, ALICE, Reason.DENIED);
        assertRefused(gate, BOB, Reason.DENIED);

        Files.delete(denied.resolve("bad.pem"));
        assertThat(gate.refresh()).isTrue();
        assertRefused(gate, BOB, Reason.DENIED);
        assertAdmitted(gate, ALICE);

        Files.delete(denied.resolve("bob.pem"));
        assertThat(gate.refresh()).isFalse();
        assertRefused(gate, BOB, Reason.DENIED);
        assertThat(log.lines()).anyMatch(line -> line.contains("lists no entries"));
        Files.delete(denied);
        assertThat(gate.refresh()).isFalse();
        assertRefused(gate, BOB, Reason.DENIED);
    }

    @Test
    void emptyDenyStoreCountsIfThatIsAllowed() throws IOException {
        Path denied = Files.createDirectories(folder.resolve("denied"));
        ALICE.writePem(denied.resolve("alice.pem"));
        Gate gate = open(Map.of("thumbprints", LISTED, "deny", denied.toString(), "allowEmptyStore", "true"));
        assertRefused(gate, ALICE, Reason.DENIED);

        Files.delete(denied.resolve("alice.pem"));
        assertThat(gate.refresh()).isTrue();
        assertAdmitted(gate, ALICE);
        assertThat(log.lines(Level.SEVERE))
                .singleElement()
                .asString()
                .contains("TK-303 store [" + denied + "]", "nothing it listed is denied any more");
    }

    @Test
    void refusesToStartWithABadDenyStore() throws IOException {
        Path denied = Files.createDirectories(folder.resolve("denied"));
        Map<String, String> given = Map.of("thumbprints", LISTED, "deny", denied.toString());
        assertThat(openProblems(given)).singleElement().asString().contains("TK-302", "lists no entries");
        assertThat(openProblems(with(given, "deny", folder.resolve("missing").toString())))
                .singleElement()
                .asString()
                .contains("does not exist");
        ALICE.writePem(denied.resolve("alice.pem"));
        write("denied/bad.pem", "x");
        assertThat(openProblems(given)).singleElement().asString().contains("bad.pem");
    }

    @ParameterizedTest(name = "deny [{0}]: {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "abcdef | TK-203 deny: ",
                "sha256:abcdef | TK-203 deny: ",
                "sha256/abc | TK-203 deny: ",
                "http://x/list | expected a java: name, a jndi: name or a path",
                "a.pem,,b.pem | has an empty member",
                "issuer=CN=x serial=1 | is malformed; expected issuer=",
                "issuer=\"CN=x\" | is malformed",
                "issuer=\"x\" serial=1 | [x] is not an attribute of a distinguished name",
                "issuer=\"CN=x\" serial=ab | is not a serial number",
                "serial=1 issuer=\"CN=x\" | is malformed",
                "issuer=\"CN=x serial=1 | is malformed"
            })
    void refusesBadDenyLists(String deny, String told) {
        assertThat(problems(Map.of("thumbprints", LISTED, "deny", deny)))
                .singleElement()
                .asString()
                .startsWith("TK-203 deny: ")
                .contains(told);
    }

    @Test
    void denyListOfWeakDigestsIsNoNameOfAPrincipal() {
        Gate gate = open(Map.of("thumbprints", LISTED, "principal", "common-name", "deny", BOB.sha1()));

        assertRefused(gate, BOB, Reason.DENIED);
        assertAdmitted(gate, ALICE);
    }

    @ParameterizedTest(name = "{0} = [{1}]: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "minimumKeySize | RSA | [RSA] is not a minimum key size; expected a type and a number of bits, such as RSA=2048",
                "minimumKeySize | 2048 | [2048] is not a minimum key size",
                "minimumKeySize | RSA=2048,RSA=1024 | [RSA=1024] repeats a type of key",
                "allowedSignatureAlgorithms | sha256 | [sha256] is not a signature algorithm; expected SHA1withRSA",
                "allowedSignatureAlgorithms | RSASSA-PSS | is not a signature algorithm",
                "keyUsage | signing | [signing] is not a key usage; expected digitalSignature",
                "keyUsage | DigitalSignature | is not a key usage",
                "extendedKeyUsage | client | [client] is not a purpose; expected a dotted OID or one of OCSPSigning",
                "extendedKeyUsage | 1.2. | [1.2.] is not a purpose",
                "certificatePolicies | any | [any] is not a policy; expected a dotted OID",
                "certificatePolicies | 1.02.3 | [1.02.3] is not a policy",
                "certificatePolicies | 1.2.3,,1.2.4 | has an empty member"
            })
    void refusesBadConstraints(String setting, String value, String told) {
        assertThat(problems(Map.of("thumbprints", LISTED, setting, value)))
                .singleElement()
                .asString()
                .startsWith("TK-203 " + setting + ": ")
                .contains(told);
    }

    @ParameterizedTest(name = "{0} = {1} refuses with {2}")
    @CsvSource({
        "minimumKeySize, RSA=2048, KEY_TOO_SMALL",
        "allowedSignatureAlgorithms, SHA384withECDSA, SIGNATURE_ALGORITHM",
        "keyUsage, digitalSignature, KEY_USAGE",
        "extendedKeyUsage, clientAuth, EXTENDED_KEY_USAGE",
        "certificatePolicies, 1.2.3, CERTIFICATE_POLICY",
        "minimumKeySize, 'EC=256 RSA=2048',",
        "allowedSignatureAlgorithms, 'SHA256withRSA, SHA256withECDSA',"
    })
    void constraintsHoldForWhatIsListed(String setting, String value, Reason reason) {
        Gate gate = open(Map.of("thumbprints", LISTED, setting, value));

        assertThat(decide(gate, ALICE.certificate())).isEqualTo(reason);
    }

    @Test
    void examplesOfThePageAreAccepted() throws IOException {
        String page = Files.readString(Path.of(System.getProperty("basedir", ""), "..", "docs", "checks.md"));
        List<MatchResult> examples = Pattern.compile("```properties\n(.*)\n```")
                .matcher(page)
                .results()
                .toList();

        assertThat(examples).hasSize(3);
        for (MatchResult example : examples) {
            Properties properties = new Properties();
            properties.load(new StringReader(example.group(1)));
            String setting = properties.stringPropertyNames().iterator().next();
            Map<String, String> given = with(Map.of("thumbprints", LISTED), setting, properties.getProperty(setting));
            given.put("validateTrust", "true");
            given.put("trustStore", folder.resolve("root.pem").toString());
            assertThat(Settings.parse(given, resources, clock).warnings()).isEmpty();
        }
    }

    private static Map<String, String> with(Map<String, String> given, String setting, String value) {
        Map<String, String> more = new HashMap<>(given);
        more.put(setting, value);
        return more;
    }

    private Path write(String name, String text) throws IOException {
        return Files.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertAdmitted(Gate gate, TestCertificate certificate) {
        assertThat(decide(gate, certificate.certificate())).isNull();
    }

    private static void assertRefused(Gate gate, TestCertificate certificate, Reason reason) {
        assertThat(decide(gate, certificate.certificate())).isEqualTo(reason);
    }

    private static Reason decide(Gate gate, X509Certificate certificate) {
        Verdict verdict = gate.decide(FakeExchange.of(certificate));
        return verdict instanceof Verdict.Refused refused ? refused.reason() : null;
    }

    private Gate open(Map<String, String> given) {
        return Settings.parse(given, resources, clock).open(new Counters(), clock, clock::nanoTime);
    }

    private List<String> problems(Map<String, String> given) {
        return failure(() -> Settings.parse(given, resources, clock)).problems();
    }

    private List<String> openProblems(Map<String, String> given) {
        return failure(() -> open(given)).problems();
    }

    private static SettingsException failure(ThrowingCallable call) {
        SettingsException failure = catchThrowableOfType(SettingsException.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }
}
