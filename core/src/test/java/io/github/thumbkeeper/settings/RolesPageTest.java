/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Verdict;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings, files and tables of docs/roles.md; {@code RolesIT} runs its snippets in XML and Java. */
class RolesPageTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final String DOCUMENTED = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    private static final String DOCUMENTED_PIN = "sha256/RC5ggEzRqnZKvjFfOKI8hPQOZZt4yF0IFVo1pEqUh9U=";
    private static final Pattern SNIPPET = Pattern.compile("```(properties|text)\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    @DisplayName("every setting and file on the page gives the roles that it shows")
    void snippetsGiveTheirRoles() throws IOException {
        List<String> snippets = SNIPPET.matcher(page())
                .results()
                .map((MatchResult snippet) -> snippet.group(2))
                .map(text -> text.replace(DOCUMENTED, ALICE.sha256()).replace(DOCUMENTED_PIN, "sha256/" + ALICE.pin()))
                .toList();
        assertThat(snippets).hasSize(4);

        assertThat(roles(open(settings(snippets.get(0))), ALICE)).containsExactly("admin");
        Gate mapped = open(Map.of(
                "store",
                clients("alice", ALICE, "partner-b", BOB, "Partner A", MALLORY),
                "roleMapping",
                "file:" + Files.writeString(folder.resolve("roles.properties"), snippets.get(1))));
        assertThat(roles(mapped, ALICE)).containsExactlyInAnyOrder("admin", "orders");
        assertThat(roles(mapped, BOB)).containsExactly("orders");
        assertThat(roles(mapped, MALLORY)).containsExactly("orders");
        Path list = Files.writeString(folder.resolve("clients.txt"), snippets.get(2));
        assertThat(roles(open(Map.of("store", list.toString())), ALICE)).containsExactlyInAnyOrder("admin", "orders");
        assertThat(roles(open(settings(snippets.get(3))), ALICE)).containsExactlyInAnyOrder("admin", "orders");
    }

    @Test
    @DisplayName("the table of rules over a folder, row by row")
    void tableOfRulesIsTrue() throws IOException {
        List<List<String>> rows = page().lines()
                .filter(line -> line.startsWith("| `thumbprint=T ")
                        || line.startsWith("| `label=alice ")
                        || line.startsWith("| none, but `roleMapping="))
                .map(line -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
                .toList();
        assertThat(rows).hasSize(4);
        String store = clients("alice", ALICE, "bob", BOB);
        for (List<String> row : rows) {
            String setting = row.get(1).startsWith("none") ? "roleMapping" : "identities";
            String value = row.get(1)
                    .replaceAll("^[^`]*`(?:roleMapping=)?([^`]*)`$", "$1")
                    .replace("=T ", "=" + ALICE.sha256() + " ");
            String told = row.size() > 4 ? row.get(4) : "";
            log.clear();
            if (told.startsWith("`TK-204`")) {
                assertThat(catchThrowableOfType(
                                        SettingsException.class, () -> open(Map.of("store", store, setting, value)))
                                .problems())
                        .singleElement()
                        .asString()
                        .startsWith("TK-204 identities: ")
                        .contains("roleMapping");
                continue;
            }
            Settings settings =
                    Settings.parse(Map.of("store", store, setting, value), new FakeResources(), InstantSource.system());
            Gate gate = settings.open(new Counters(), InstantSource.system());
            assertThat(roles(gate, ALICE))
                    .as(value)
                    .isEqualTo(row.get(2).equals("`admin`") ? Set.of("admin") : Set.of());
            assertThat(gate.decide(FakeExchange.of(BOB.certificate())) instanceof Verdict.Admitted)
                    .as(value)
                    .isEqualTo(row.get(3).equals("admitted"));
            assertThat(settings.warnings().stream().anyMatch(line -> line.startsWith("TK-403"))
                            || log.lines().stream().anyMatch(line -> line.startsWith("WARNING TK-403")))
                    .as(value)
                    .isEqualTo(told.startsWith("`TK-403`"));
        }
    }

    private static String page() throws IOException {
        return Files.readString(Path.of(System.getProperty("basedir", ""), "..", "docs", "roles.md"));
    }

    private String clients(Object... named) throws IOException {
        Path clients = Files.createDirectories(folder.resolve("clients"));
        for (int i = 0; i < named.length; i += 2) {
            ((TestCertificate) named[i + 1]).writePem(clients.resolve(named[i] + ".pem"));
        }
        return clients.toString();
    }

    private static Map<String, String> settings(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, String> settings = new HashMap<>();
        properties.forEach((key, value) -> settings.put((String) key, (String) value));
        return settings;
    }

    private static Gate open(Map<String, String> given) {
        return Settings.parse(given, new FakeResources(), InstantSource.system())
                .open(new Counters(), InstantSource.system());
    }

    private static Set<String> roles(Gate gate, TestCertificate certificate) {
        Verdict verdict = gate.decide(FakeExchange.of(certificate.certificate()));
        assertThat(verdict).isInstanceOf(Verdict.Admitted.class);
        Identity identity = ((Verdict.Admitted) verdict).identity();
        return identity.roles();
    }
}
