/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.fakes.TestDirectory;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.store.FileFormat;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import javax.naming.directory.InitialDirContext;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The setting {@code roleMapping}, from its text to the roles of a request. */
class RoleSettingsTest {

    private static final TestCertificate CA =
            TestCertificate.named("CN=Corp CA,O=Example").ca().build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").issuedBy(CA).build();
    private static final TestCertificate BOB =
            TestCertificate.named("CN=bob").issuedBy(CA).build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final String NAME = "java:comp/env/clients";

    @TempDir
    private Path folder;

    private final CapturedLog log = new CapturedLog();
    private final FakeResources resources = new FakeResources();
    private final MovableClock clock = new MovableClock(Instant.now());
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        log.close();
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    /** The kinds of stores; each lists alice and bob, without roles if it can. */
    private enum Store {
        FOLDER {
            @Override
            Map<String, String> make(RoleSettingsTest test) throws Exception {
                return Map.of("store", test.folderOf(Map.of("alice", ALICE, "bob", BOB)));
            }
        },
        PKCS12 {
            @Override
            Map<String, String> make(RoleSettingsTest test) throws Exception {
                return test.file(FileFormat.PKCS12);
            }
        },
        JKS {
            @Override
            Map<String, String> make(RoleSettingsTest test) throws Exception {
                return test.file(FileFormat.JKS);
            }
        },
        THUMBPRINT_LIST {
            @Override
            Map<String, String> make(RoleSettingsTest test) throws Exception {
                return test.file(FileFormat.LIST);
            }
        },
        SQL {
            @Override
            Map<String, String> make(RoleSettingsTest test) throws Exception {
                JdbcDataSource source = new JdbcDataSource();
                source.setURL("jdbc:h2:mem:");
                test.resources.bind(NAME, source);
                return Map.of(
                        "store",
                        NAME,
                        "sqlQuery",
                        "SELECT '" + ALICE.sha256() + "' AS thumbprint, 'alice' AS label UNION SELECT '" + BOB.sha256()
                                + "', 'bob'");
            }
        },
        LDAP {
            @Override
            Map<String, String> make(RoleSettingsTest test) throws Exception {
                TestDirectory directory = TestDirectory.start();
                test.open.add(directory);
                directory.add("alice", ALICE);
                directory.add("bob", BOB);
                InitialDirContext context = new InitialDirContext(directory.environment());
                test.open.add(0, context::close);
                test.resources.bind(NAME, context);
                return Map.of("store", NAME);
            }
        },
        JNDI_KEY_STORE {
            @Override
            Map<String, String> make(RoleSettingsTest test) {
                test.resources.bind(
                        NAME, TestKeyStores.trusted(Map.of("alice", ALICE.certificate(), "bob", BOB.certificate())));
                return Map.of("store", NAME);
            }
        },
        THUMBPRINTS {
            @Override
            Map<String, String> make(RoleSettingsTest test) {
                return Map.of("thumbprints", ALICE.sha256() + "," + BOB.sha1());
            }

            @Override
            String labelOf(TestCertificate certificate) {
                // Another form of the text than in the list.
                return certificate == ALICE ? "SHA256:" + ALICE.sha256().toUpperCase(Locale.ROOT) : BOB.sha1();
            }
        },
        PUBLIC_KEY_PINS {
            @Override
            Map<String, String> make(RoleSettingsTest test) {
                return Map.of("publicKeyPins", "sha256/" + ALICE.pin() + ",sha256/" + BOB.pin());
            }

            @Override
            String labelOf(TestCertificate certificate) {
                return "sha256/" + certificate.pin();
            }
        };

        abstract Map<String, String> make(RoleSettingsTest test) throws Exception;

        String labelOf(TestCertificate certificate) {
            return certificate == ALICE ? "alice" : "bob";
        }
    }

    private String folderOf(Map<String, TestCertificate> certificates) throws IOException {
        Path clients = Files.createDirectories(folder.resolve("clients"));
        certificates.forEach((name, certificate) -> certificate.writePem(clients.resolve(name + ".pem")));
        return clients.toString();
    }

    private Map<String, String> file(FileFormat format) throws Exception {
        Path file = folder.resolve(format.fileName());
        Files.write(file, format.write(Map.of("alice", ALICE, "bob", BOB), "changeit"));
        return format.isKeyStore()
                ? Map.of("store", file.toString(), "storePassword", "changeit")
                : Map.of("store", file.toString());
    }

    @ParameterizedTest(name = "{0}: the roles of its label, and those of all")
    @EnumSource
    void addsRoles(Store store) throws Exception {
        Map<String, String> given =
                with(store.make(this), "roleMapping", "'" + store.labelOf(ALICE) + "'=admin,orders", "roles", "client");
        Gate gate = open(given);

        assertRefused(gate, MALLORY, Reason.NOT_LISTED);
        assertRoles(gate, ALICE, "admin", "orders", "client");
        assertRoles(gate, BOB, "client");
        assertThat(log.lines(Level.WARNING)).noneMatch(line -> line.contains("roleMapping"));
    }

    @ParameterizedTest(name = "{0}: a changed file counts for a certificate seen before")
    @EnumSource
    void followsTheFile(Store store) throws Exception {
        String alice = "'" + store.labelOf(ALICE) + "'";
        String bob = "'" + store.labelOf(BOB) + "'";
        Path file = write("roles.properties", "# who may\n" + alice + " = admin, orders\n" + bob + ": orders\n");
        Gate gate = open(with(store.make(this), "roleMapping", "file:" + file));
        assertRoles(gate, ALICE, "admin", "orders");
        assertRoles(gate, BOB, "orders");
        assertThat(gate.refresh()).isFalse();

        write("roles.properties", alice + "=orders\n" + bob + "=orders,admin\n");
        assertThat(gate.refresh()).isTrue();

        assertRoles(gate, ALICE, "orders");
        assertRoles(gate, BOB, "orders", "admin");
        assertRefused(gate, MALLORY, Reason.NOT_LISTED);
    }

    @Test
    @DisplayName("adds to the roles of the entry; every pattern that matches counts")
    void addsToTheRolesOfTheEntry() throws Exception {
        write(
                "clients.txt",
                ALICE.sha256() + " label=partner-a roles=own\n" + BOB.sha256() + " label=partner-b\n" + MALLORY.sha256()
                        + "\n");
        Gate gate = open(Map.of(
                "store",
                folder.resolve("clients.txt").toString(),
                "roleMapping",
                "partner-*=orders; partner-?=short; partner-b=admin; *=any; *-c=none"));

        assertRoles(gate, ALICE, "own", "orders", "short", "any");
        assertRoles(gate, BOB, "orders", "short", "admin", "any");
        // An entry without a label matches no pattern, as with storeFilter.
        assertRoles(gate, MALLORY);
    }

    @Test
    @DisplayName("never admits, and never narrows")
    void changesNoDecision() throws Exception {
        String store = folderOf(Map.of("alice", ALICE));
        Gate gate = open(Map.of(
                "store",
                store,
                "roleMapping",
                "bob=admin; mallory=admin; sha256:" + BOB.sha256() + "=admin; " + MALLORY.sha256() + "=admin"));

        assertRefused(gate, BOB, Reason.NOT_LISTED);
        assertRefused(gate, MALLORY, Reason.NOT_LISTED);
        assertRoles(gate, ALICE);
    }

    @Test
    @DisplayName("a denied, a disabled and an expired entry stay refused")
    void admitsNoDisabledEntry() throws Exception {
        write(
                "clients.txt",
                ALICE.sha256() + " label=alice disabled\n" + BOB.sha256() + " label=bob until=2001-01-01T00:00:00Z\n"
                        + MALLORY.sha256() + " label=mallory\n");
        Gate gate = open(Map.of(
                "store",
                folder.resolve("clients.txt").toString(),
                "deny",
                MALLORY.sha256(),
                "roleMapping",
                "*=admin; alice=admin; bob=admin; mallory=admin"));

        assertRefused(gate, ALICE, Reason.ENTRY_DISABLED);
        assertRefused(gate, BOB, Reason.ENTRY_NOT_IN_FORCE);
        assertRefused(gate, MALLORY, Reason.DENIED);
    }

    @Test
    @DisplayName("a rule with a label replaces the entry's roles, not those of the mapping; a rule has no label itself")
    void combinesWithRules() throws Exception {
        write("clients.txt", ALICE.sha256() + " label=alice roles=own\n");
        Gate gate = open(Map.of(
                "store",
                folder.resolve("clients.txt").toString(),
                "identities",
                "label=alice public-key=sha256/" + ALICE.pin() + " roles=ruled; public-key=sha256/" + BOB.pin()
                        + " roles=rule",
                "roleMapping",
                "alice=mapped; *=any; 'public-key=sha256/" + BOB.pin() + "'=mapped"));

        assertRoles(gate, ALICE, "ruled", "mapped", "any");
        assertRoles(gate, BOB, "rule");
    }

    @ParameterizedTest(name = "roleMapping [{0}]: {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "alice | TK-203 | assignment 1 [alice] has no [=]; expected assignments such as alice=admin,orders",
                "alice=* | TK-203 | assignment 1 has the role [*]",
                "Partner A=x | TK-203 | assignment 1 has the label [Partner A] without quotes",
                "; | TK-203 | contains no roles",
                "alice=${ROLE} | TK-203 | contains a placeholder that nothing has replaced",
            })
    void refusesBadText(String mapping, String code, String told) {
        assertThat(problems(Map.of("thumbprints", ALICE.sha256(), "roleMapping", mapping)))
                .singleElement()
                .asString()
                .startsWith(code + " roleMapping: ")
                .contains(told);
    }

    @Test
    void reportsEveryProblem() {
        assertThat(problems(Map.of("thumbprints", "x", "roleMapping", "alice; bob; carol=x", "roles", "a b")))
                .hasSize(4)
                .filteredOn(problem -> problem.startsWith("TK-203 roleMapping: assignment "))
                .hasSize(2);
    }

    @Test
    void belongsToAListAndAPrincipal() {
        assertThat(problems(Map.of(
                        "identities", "thumbprint=" + ALICE.sha256() + " roles=x", "roleMapping", "alice=admin")))
                .containsExactly(
                        "TK-204 roleMapping: belongs to [thumbprints] or [publicKeyPins] or [store], which is not"
                                + " set");
        assertThat(problems(Map.of(
                        "thumbprints", ALICE.sha256(), "principal", "none", "roleMapping", "alice=a", "roles", "b")))
                .containsExactly(
                        "TK-204 roles: gives roles to a principal, but principal is [none]; expected one of the two",
                        "TK-204 roleMapping: gives roles to a principal, but principal is [none]; expected one of the two");
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "alice admin\n",
                "alice=admin\nalice=orders\n",
                "alice=*\n",
                "alice=admin",
                "alice=admin,or",
                "",
                "\u00FF\u0000=\n",
                "{\"alice\": [\"admin\"]}\n",
                "-----BEGIN CERTIFICATE-----\nMIIB\n"
            })
    @DisplayName("a file that is malformed or cut off leaves the last good roles in force")
    void keepsTheLastGoodRoles(String bad) throws Exception {
        Path file = write("roles.properties", "alice=admin,orders\n");
        Gate gate = open(Map.of("store", folderOf(Map.of("alice", ALICE)), "roleMapping", "file:" + file));
        log.clear();

        write("roles.properties", bad);
        assertThat(gate.refresh()).isFalse();
        assertThat(gate.refresh()).isFalse();
        assertRoles(gate, ALICE, "admin", "orders");
        assertThat(gate.state().stores().get(1).failing()).isTrue();
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("SEVERE TK-301 store [file:" + file + "] ")
                .contains("; keeping 1 role assignment from ")
                .doesNotContain("MIIB");
        assertThat(openProblems(Map.of("thumbprints", ALICE.sha256(), "roleMapping", "file:" + file)))
                .singleElement()
                .asString()
                .startsWith("TK-302 store [file:" + file + "] ");

        write("roles.properties", "alice=orders\n");
        assertThat(gate.refresh()).isTrue();
        assertRoles(gate, ALICE, "orders");
        assertThat(gate.state().stores().get(1).failing()).isFalse();
        assertThat(log.lines()).last().asString().startsWith("INFO TK-304 store [file:" + file);
    }

    @Test
    @DisplayName("a missing file refuses to start, with every other problem, and later leaves the roles in force")
    void needsTheFileAtTheStart() throws Exception {
        Path file = folder.resolve("roles.properties");
        assertThat(openProblems(Map.of("store", folder.resolve("clients").toString(), "roleMapping", "file:" + file)))
                .hasSize(2)
                .allMatch(problem -> problem.startsWith("TK-302") && problem.contains("does not exist"));

        write("roles.properties", "alice=admin\n");
        Gate gate = open(Map.of("store", folderOf(Map.of("alice", ALICE)), "roleMapping", "file:" + file));
        Files.delete(file);
        gate.refresh();
        assertRoles(gate, ALICE, "admin");
    }

    @Test
    @DisplayName("a file without roles is obeyed: who removes the last role expects that it is gone")
    void obeysAFileWithoutRoles() throws Exception {
        Path file = write("roles.properties", "alice=admin\n");
        Gate gate = open(Map.of("store", folderOf(Map.of("alice", ALICE)), "roleMapping", "file:" + file));
        assertRoles(gate, ALICE, "admin");
        write("roles.properties", "# alice=admin\n");

        assertThat(gate.refresh()).isTrue();

        assertRoles(gate, ALICE);
        assertThat(log.lines(Level.WARNING))
                .contains("WARNING TK-306 store [file:" + file + "] contains no roles, so it adds none");
    }

    static List<Arguments> encodings() {
        String text = "# roles\nm\u00FCller=admin\nalice=orders\n";
        return List.of(
                Arguments.of("UTF-8 with a mark", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8), null),
                Arguments.of("CR LF", text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8), null),
                Arguments.of("CR", text.replace('\n', '\r').getBytes(StandardCharsets.UTF_8), null),
                Arguments.of("escaped", text.replace("\u00FC", "\\u00fc").getBytes(StandardCharsets.US_ASCII), null),
                Arguments.of("UTF-16", ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE), "is text in UTF-16"),
                Arguments.of("ISO 8859-1", text.getBytes(StandardCharsets.ISO_8859_1), "is not UTF-8 text"),
                Arguments.of(
                        "no line break at the end",
                        text.strip().getBytes(StandardCharsets.UTF_8),
                        "may be cut off; expected a file whose last line ends with a line break"),
                Arguments.of("nothing", new byte[0], "is empty"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void readsFilesOfEditors(String what, byte[] content, String problem) throws Exception {
        Path file = Files.write(folder.resolve("roles.properties"), content);
        Map<String, String> given =
                Map.of("store", folderOf(Map.of("alice", ALICE, "m\u00FCller", BOB)), "roleMapping", "file:" + file);

        if (problem == null) {
            Gate gate = open(given);
            assertRoles(gate, ALICE, "orders");
            assertRoles(gate, BOB, "admin");
        } else {
            assertThat(openProblems(given))
                    .singleElement()
                    .asString()
                    .startsWith("TK-302 store [file:" + file + "] ")
                    .contains(problem);
        }
    }

    @Test
    @DisplayName("a mounted ConfigMap of Kubernetes: a link through a folder that is swapped")
    void followsSwappedLinks() throws Exception {
        Path mount = Files.createDirectory(folder.resolve("mount"));
        Files.writeString(Files.createDirectory(mount.resolve("..1")).resolve("roles"), "alice=admin\n");
        Files.writeString(Files.createDirectory(mount.resolve("..2")).resolve("roles"), "alice=orders\n");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..1"));
        Files.createSymbolicLink(mount.resolve("roles"), Path.of("..data/roles"));
        Gate gate = open(
                Map.of("store", folderOf(Map.of("alice", ALICE)), "roleMapping", "file:" + mount.resolve("roles")));
        assertRoles(gate, ALICE, "admin");

        Files.createSymbolicLink(mount.resolve("..new"), Path.of("..2"));
        Files.move(mount.resolve("..new"), mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        gate.refresh();

        assertRoles(gate, ALICE, "orders");
    }

    @Test
    void findsTheFileAsOtherPaths() throws Exception {
        resources.file("conf/roles.properties", write("roles.properties", "alice=admin\n"));

        Gate gate =
                open(Map.of("store", folderOf(Map.of("alice", ALICE)), "roleMapping", "file:conf/roles.properties"));

        assertRoles(gate, ALICE, "admin");
        assertThat(gate.summary()).contains("; roles: [file:conf/roles.properties] 1 role assignment loaded ");
        assertThat(gate.readings()).extracting(reading -> reading.location()).contains("file:conf/roles.properties");
    }

    @Test
    @DisplayName("a file that cannot be read for longer than maxStaleness refuses every request")
    void growsOld() throws Exception {
        Path file = write("roles.properties", "'" + ALICE.sha256() + "'=admin\n");
        Gate gate = open(Map.of("thumbprints", ALICE.sha256(), "roleMapping", "file:" + file, "maxStaleness", "1h"));
        Files.delete(file);
        gate.refresh();
        assertRoles(gate, ALICE, "admin");

        clock.advance(Duration.ofMinutes(61));
        gate.refresh();

        assertThat(gate.decide(FakeExchange.of(ALICE.certificate())))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.STALE_LIST));
    }

    @Test
    @DisplayName("a label that no entry has is one warning, again only after an entry with it has gone")
    void warnsOfUnknownLabels() throws Exception {
        String store = folderOf(Map.of("alice", ALICE, "carol", MALLORY));
        Gate gate = open(Map.of(
                "store", store, "roleMapping", "alice=x; 'Bob B'=x; partner-*=x; alice.pem=x; " + BOB.sha1() + "=x"));
        assertThat(unknownLabels()).containsExactly("[Bob B], [partner-*], [alice.pem], [" + BOB.sha1() + "]");

        gate.refresh();
        assertThat(unknownLabels()).hasSize(1);
        BOB.writePem(folder.resolve("clients/Bob B.pem"));
        gate.refresh();
        assertThat(unknownLabels()).hasSize(1);
        assertRoles(gate, BOB, "x");
        Files.delete(folder.resolve("clients/Bob B.pem"));
        Files.delete(folder.resolve("clients/alice.pem"));
        gate.refresh();
        assertThat(unknownLabels()).hasSize(2).last().isEqualTo("[alice], [Bob B]");
    }

    @Test
    @DisplayName("a label of a file is named by its line: the file may be the wrong one, with passwords in it")
    void warnsOfUnknownLabelsOfAFile() throws Exception {
        Path file = write("roles.properties", "alice=x\n\n# two\nsecret=hunter2\n");
        Gate gate = open(Map.of("store", folderOf(Map.of("alice", ALICE)), "roleMapping", "file:" + file));
        assertThat(unknownLabels()).containsExactly("line 4 of [file:" + file + "]");

        write("roles.properties", "secret=hunter2\nalice=x\n");
        gate.refresh();
        assertThat(unknownLabels()).hasSize(1);
        assertThat(log.lines()).noneMatch(line -> line.contains("secret") || line.contains("hunter2"));
    }

    private List<String> unknownLabels() {
        return log.lines(Level.WARNING).stream()
                .filter(line -> line.contains("TK-403 roleMapping: no entry has the label of "))
                .map(line -> line.replaceAll(".*the label of (.*), so its roles are not used.*", "$1"))
                .toList();
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static Map<String, String> with(Map<String, String> given, String... more) {
        Map<String, String> all = new HashMap<>(given);
        for (int i = 0; i < more.length; i += 2) {
            all.put(more[i], more[i + 1]);
        }
        return all;
    }

    private Gate open(Map<String, String> given) {
        return Settings.parse(given, resources, clock).open(new Counters(), clock, clock::nanoTime);
    }

    private List<String> problems(Map<String, String> given) {
        return catchThrowableOfType(SettingsException.class, () -> Settings.parse(given, resources, clock))
                .problems();
    }

    private List<String> openProblems(Map<String, String> given) {
        return catchThrowableOfType(SettingsException.class, () -> open(given)).problems();
    }

    private static void assertRoles(Gate gate, TestCertificate certificate, String... roles) {
        assertThat(gate.decide(FakeExchange.of(certificate.certificate())))
                .isInstanceOfSatisfying(
                        Verdict.Admitted.class,
                        admitted -> assertThat(admitted.identity().roles()).containsExactlyInAnyOrder(roles));
    }

    private static void assertRefused(Gate gate, TestCertificate certificate, Reason reason) {
        assertThat(gate.decide(FakeExchange.of(certificate.certificate())))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(reason));
    }
}
