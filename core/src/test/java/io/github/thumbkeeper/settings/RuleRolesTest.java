/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Roles of rules that a list, or the label of the rule itself, keeps from having the effect that an administrator expects. */
class RuleRolesTest {

    private static final TestCertificate CA =
            TestCertificate.named("CN=Corp CA,O=Example").ca().build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").issuedBy(CA).build();
    private static final TestCertificate BOB =
            TestCertificate.named("CN=bob").issuedBy(CA).build();

    @TempDir
    private Path folder;

    private final CapturedLog log = new CapturedLog();
    private final MovableClock clock = new MovableClock(Instant.now());
    private Path clients;
    private Path roots;

    @BeforeEach
    void write() throws IOException {
        clients = Files.createDirectory(folder.resolve("clients"));
        ALICE.writePem(clients.resolve("alice.pem"));
        BOB.writePem(clients.resolve("bob.pem"));
        roots = folder.resolve("root.pem");
        CA.writePem(roots);
    }

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @ParameterizedTest(name = "identities [{0}]: never count {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "thumbprint=SHA256 roles=admin | true",
                "public-key=PIN roles=admin | false",
                "thumbprint=SHA256 common-name=alice roles=admin | true",
                "thumbprint=SHA256 common-name=bob roles=admin | true",
                "thumbprint=SHA256 | false",
                "thumbprint=SHA256 roles=user | false",
                "thumbprint=SHA256 roles='user,mapped' | false",
                "thumbprint=SHA256 roles='user,admin' | true",
                "thumbprint=OTHER roles=admin | false",
                "public-key=PIN label=alice roles=admin; thumbprint=SHA256 roles=admin | false"
            })
    void warnsOfRolesThatNeverCount(String rules, boolean never) {
        Gate gate = open(rules, "roles", "user", "roleMapping", "alice=mapped");

        assertThat(hidden()).hasSize(never ? 1 : 0);
        gate.refresh();
        assertThat(hidden()).hasSize(never ? 1 : 0);
    }

    @Test
    @DisplayName("each way to list a certificate comes first: in settings, by pin, and with another certificate's rule")
    void warnsForListsOfTheSettings() {
        for (String[] each : new String[][] {
            {"thumbprints", ALICE.sha1(), "thumbprint=" + ALICE.sha1()},
            {"thumbprints", ALICE.sha512(), "thumbprint=" + ALICE.sha512()},
            {"publicKeyPins", "sha256/" + ALICE.pin(), "public-key=sha256/" + ALICE.pin()},
            {"publicKeyPins", "sha256/" + ALICE.pin(), "common-name=x public-key=sha256/" + ALICE.pin()}
        }) {
            log.clear();
            open(Map.of(each[0], each[1], "identities", each[2] + " roles=admin"));
            assertThat(hidden()).containsExactly(SafeText.quoted(each[2]));
        }
    }

    @Test
    @DisplayName("entries that count only for some time, and disabled ones, do not hide a rule's roles for ever")
    void isSilentIfTheRuleMayCountLater() throws IOException {
        for (String attribute : List.of("from=2030-01-01T00:00:00Z", "until=2099-01-01T00:00:00Z", "disabled")) {
            Path list = Files.writeString(folder.resolve("list.txt"), ALICE.sha256() + " " + attribute + "\n");
            open(Map.of("store", list.toString(), "identities", "thumbprint=" + ALICE.sha256() + " roles=admin"));
        }
        assertThat(hidden()).isEmpty();
    }

    @Test
    @DisplayName("a rule that a later reload hides is a warning then, and again after it was free")
    void warnsWhenALaterReloadHidesARule() throws IOException {
        Files.delete(clients.resolve("alice.pem"));
        Gate gate = open("thumbprint=SHA256 roles=admin");
        assertThat(roles(gate, ALICE)).containsExactly("admin");
        assertThat(hidden()).isEmpty();

        for (int time = 1; time <= 2; time++) {
            ALICE.writePem(clients.resolve("alice.pem"));
            gate.refresh();
            assertThat(hidden()).hasSize(time).contains("[thumbprint=" + ALICE.sha256() + "]");
            assertThat(roles(gate, ALICE)).isEmpty();
            Files.delete(clients.resolve("alice.pem"));
            gate.refresh();
            assertThat(roles(gate, ALICE)).containsExactly("admin");
        }
    }

    @Test
    @DisplayName("a rule of a file, and a mapping that is changed to give the roles")
    void followsFiles() throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.txt"), "public-key=sha256/" + BOB.pin() + "\n");
        Path mapping = Files.writeString(folder.resolve("roles.properties"), "# none\n");
        Gate gate = open(
                Map.of("store", clients.toString(), "identities", "file:" + rules, "roleMapping", "file:" + mapping));
        assertThat(hidden()).isEmpty();

        Files.writeString(rules, "thumbprint=" + ALICE.sha256() + " roles=admin\n");
        gate.refresh();
        assertThat(hidden()).hasSize(1);
        Files.writeString(mapping, "alice=admin\n");
        gate.refresh();
        Files.writeString(mapping, "alice=orders\n");
        gate.refresh();
        assertThat(hidden()).hasSize(2);
    }

    @ParameterizedTest(name = "identities [{0}]")
    @CsvSource(
            delimiter = '|',
            value = {
                "thumbprint=SHA1 roles=admin",
                "public-key=PIN roles=admin",
                "common-name=alice roles=admin",
                "common-name=alice issuer-subject='CN=Corp CA,O=Example' roles=admin",
                "label=alice thumbprint=SHA256; label=bob public-key=PIN; common-name=alice roles=admin"
            })
    @DisplayName(
            "a rule that names the certificate in another way than the list is a warning at the first request, once")
    void warnsAtTheFirstRequest(String rules) {
        Gate gate = open(rules, "validateTrust", "true", "trustStore", roots.toString());
        assertThat(hidden()).isEmpty();
        assertThat(roles(gate, ALICE)).isEmpty();
        assertThat(roles(gate, ALICE)).isEmpty();

        assertThat(log.lines(Level.WARNING))
                .filteredOn(line -> line.contains("do not count for a certificate that it matches"))
                .singleElement()
                .asString()
                .startsWith("WARNING TK-403 identities: the roles of rule [")
                .endsWith("; expected roleMapping instead");
    }

    @Test
    void isSilentIfTheRolesCount() {
        Gate gate = open(
                "common-name=alice roles=user; common-name=bob",
                "validateTrust",
                "true",
                "trustStore",
                roots.toString(),
                "roleMapping",
                "alice=user");
        assertThat(roles(gate, ALICE)).containsExactly("user");
        assertThat(roles(gate, BOB)).isEmpty();
        assertThat(log.lines(Level.WARNING)).noneMatch(line -> line.contains("identities"));
    }

    @Test
    @DisplayName("a label with roles alone: what refuses to start, and what shuts out others, names roleMapping")
    void pointsToTheMapping() {
        assertThat(catchThrowableOfType(SettingsException.class, () -> open("label=alice roles=admin"))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("TK-204 identities: rule 1 has neither [thumbprint] nor [public-key]")
                .endsWith("; or roleMapping instead of the rule, to give roles to entries without refusing others");
        assertThat(narrowing("label=alice")).isEmpty();
        assertThat(narrowing("label=alice common-name=alice roles=admin")).isEmpty();
        assertThat(narrowing("common-name=alice roles=admin")).isEmpty();
        assertThat(narrowing("label=alice thumbprint=SHA256 roles=admin"))
                .containsExactly(
                        "TK-403 identities: rule 1 has a [label] and [roles]: entries of [store] whose label no"
                                + " matching rule names are refused; expected that, or roleMapping instead of the rule, to give"
                                + " roles to entries without refusing others");
        assertThat(narrowing("label=alice; label=bob roles=a; label=carol roles=b"))
                .singleElement()
                .asString()
                .contains("rule 2 (and 1 more) has a [label] and [roles]");
    }

    private List<String> narrowing(String rules) {
        Map<String, String> given = given(rules, "validateTrust", "true", "trustStore", roots.toString());
        return Settings.parse(given, new FakeResources(), clock).warnings();
    }

    @Test
    @DisplayName("TK-120 says whether the certificate is listed")
    void saysWhetherTheCertificateIsListed() throws IOException {
        TestCertificate mallory =
                TestCertificate.named("CN=mallory").issuedBy(CA).build();
        Gate gate = open("label=alice thumbprint=SHA256 roles=admin");

        assertThat(roles(gate, ALICE)).containsExactly("admin");
        assertThat(reason(gate, BOB)).isEqualTo(Reason.NO_RULE_FOR_ENTRY);
        assertThat(reason(gate, mallory)).isEqualTo(Reason.NO_RULE);
        assertThat(log.lines())
                .anyMatch(line -> line.contains("TK-120 refused")
                        && line.contains(
                                "the certificate is listed, but no rule of identities with the label of its entry matches"
                                        + " it; certificate [sha256:" + BOB.sha256()));
        assertThat(log.lines())
                .anyMatch(line -> line.contains("TK-120 refused")
                        && line.contains(
                                "the certificate is not listed, and no rule of identities matches it; certificate [sha256:"
                                        + mallory.sha256()));
        assertThat(Reason.NO_RULE_FOR_ENTRY.code()).isEqualTo(Reason.NO_RULE.code());

        Gate later = open(Map.of(
                "store",
                Files.writeString(folder.resolve("list.txt"), BOB.sha256() + " label=bob from=2090-01-01T00:00:00Z\n")
                        .toString(),
                "identities",
                "label=alice thumbprint=" + ALICE.sha256()));
        assertThat(reason(later, BOB)).isEqualTo(Reason.ENTRY_NOT_IN_FORCE);
    }

    private List<String> hidden() {
        return log.lines(Level.WARNING).stream()
                .filter(line -> line.contains(" never count: the list has the certificate and comes first"))
                .map(line -> line.replaceAll(".*TK-403 identities: the roles of rule (.*) never count: .*", "$1"))
                .toList();
    }

    private Map<String, String> given(String rules, String... more) {
        Map<String, String> given = new HashMap<>(Map.of(
                "store",
                clients.toString(),
                "identities",
                rules.replace("SHA256", ALICE.sha256())
                        .replace("SHA1", ALICE.sha1())
                        .replace("PIN", "sha256/" + ALICE.pin())
                        .replace("OTHER", CA.sha256())));
        for (int i = 0; i < more.length; i += 2) {
            given.put(more[i], more[i + 1]);
        }
        return given;
    }

    private Gate open(String rules, String... more) {
        return open(given(rules, more));
    }

    private Gate open(Map<String, String> given) {
        return Settings.parse(given, new FakeResources(), clock).open(new Counters(), clock, clock::nanoTime);
    }

    private static Set<String> roles(Gate gate, TestCertificate certificate) {
        Verdict verdict = gate.decide(FakeExchange.of(certificate.certificate()));
        assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
        return ((Verdict.Admitted) verdict).identity().roles();
    }

    private static Reason reason(Gate gate, TestCertificate certificate) {
        Verdict verdict = gate.decide(FakeExchange.of(certificate.certificate()));
        assertThat(verdict).isInstanceOf(Verdict.Refused.class);
        return ((Verdict.Refused) verdict).reason();
    }
}
