/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static io.github.thumbkeeper.settings.SettingsTest.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.Mode;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of a file, and secrets, which no message shows. */
class SettingsFileTest {

    private static final String SECRET = "s3cret-Passw0rd";

    @TempDir
    private Path folder;

    private final FakeResources resources = new FakeResources();

    @Test
    @DisplayName("a missing file, a directory, or a file that is not text refuses to start (rows 33, 44, 57)")
    void refusesFileThatCannotBeRead() throws IOException {
        Path utf16 = folder.resolve("utf16.properties");
        Files.write(utf16, ("thumbprints=" + ALICE.sha256()).getBytes(StandardCharsets.UTF_16));

        for (Path path : List.of(folder.resolve("missing"), folder, utf16)) {
            assertThat(problems(Map.of("settingsFile", path.toString())))
                    .anyMatch(problem -> problem.startsWith("TK-203 settingsFile: [")
                            && problem.contains("expected a properties file in UTF-8"));
        }
        assertThat(problems(Map.of("settingsFile", write("mode=\\u00zz"))))
                .anyMatch(problem -> problem.contains("cannot be read"));
    }

    @Test
    @DisplayName("a setting in both places, or twice in the file, refuses to start")
    void refusesSettingsGivenTwice() throws IOException {
        String file = write("mode=report\nroles = a\nroles: b\nsettingsFile=other\n");

        assertThat(problems(Map.of("settingsFile", file, "mode", "report", "thumbprints", ALICE.sha256())))
                .hasSize(3)
                .anyMatch(problem -> problem.startsWith("TK-201 mode: is given twice, the second time in ["))
                .anyMatch(problem -> problem.startsWith("TK-201 settingsFile: is given twice"))
                .anyMatch(problem ->
                        problem.equals("TK-203 settingsFile: [roles] is given twice in the file; expected once"));
    }

    @Test
    void appliesTheSameChecksToTheFile() throws IOException {
        String file = write("thumbprints=\nmod=report\nchallenge=${x}\n");

        assertThat(problems(Map.of("settingsFile", file)))
                .anyMatch(problem -> problem.contains("thumbprints: the value is empty"))
                .anyMatch(problem -> problem.contains("[mod] in [") && problem.contains("did you mean [mode]?"))
                .anyMatch(problem -> problem.contains("[${x}] contains a placeholder"));
    }

    @Test
    @DisplayName("reads a byte order mark, comments and CRLF (rows 47, 48)")
    void readsFilesOfWindows() throws IOException {
        String file =
                write("\uFEFFmode=report\r\n# comment \u00E9\r\n\r\nthumbprints = \\\r\n  " + ALICE.sha256() + "\r\n");

        assertThat(parse(Map.of("settingsFile", file)).policy().mode()).isEqualTo(Mode.REPORT);
    }

    @ParameterizedTest(name = "{0} names the file")
    @ValueSource(strings = {"java:comp/env/settings", "jndi:settings"})
    void findsTheFileByName(String location) throws IOException {
        resources.bind(location.replace("jndi:", ""), write("thumbprints=" + ALICE.sha256()));

        assertThat(parse(Map.of("settingsFile", location)).summary()).contains("settingsFile=[" + location + "]");
    }

    @Test
    @DisplayName("a name that is not bound, or not to a string, refuses to start (rows 66, 67, 70)")
    void refusesNamesWithoutAFile() {
        resources.bind("java:comp/env/null", null);
        resources.bind("java:comp/env/number", 7);

        assertThat(problemOfFile("java:comp/env/absent")).contains("NameNotFoundException");
        assertThat(problemOfFile("java:comp/env/null")).contains("is bound to nothing");
        assertThat(problemOfFile("java:comp/env/number")).contains("is bound to a java.lang.Integer");
    }

    private String problemOfFile(String location) {
        return problems(Map.of("settingsFile", location, "thumbprints", ALICE.sha256()))
                .get(0);
    }

    @Test
    void refusesTwoPasswords() throws IOException {
        Map<String, String> given =
                Map.of("store", "/x.p12", "storePassword", SECRET, "storePasswordFile", write("other\n"));

        assertThat(problems(given))
                .singleElement()
                .asString()
                .startsWith("TK-204 storePasswordFile: is set in addition to [storePassword]; expected one of the two");
        assertThat(problems(Map.of("thumbprints", ALICE.sha256(), "storePasswordFile", "/x")))
                .anyMatch(problem -> problem.startsWith("TK-204 storePasswordFile: belongs to [store]"));
    }

    @Test
    void refusesPasswordFileThatCannotBeRead() throws IOException {
        String utf16 = Files.writeString(folder.resolve("utf16"), SECRET, StandardCharsets.UTF_16)
                .toString();
        for (String file : List.of(utf16, folder.resolve("missing").toString(), folder.toString())) {
            List<String> problems = problems(Map.of("store", "/x.p12", "storePasswordFile", file));

            assertThat(problems).hasSize(2);
            assertThat(problems.get(1)).startsWith("TK-302 store [/x.p12] does not exist");
            assertThat(problems.get(0))
                    .startsWith("TK-203 storePasswordFile: ")
                    .contains(
                            Files.exists(Path.of(file)) ? file : "the file of storePasswordFile",
                            "first line is the password");
        }
    }

    @Test
    @DisplayName("no message, warning or summary shows a password (row 29, threats 1.8)")
    void showsNoSecret() throws Exception {
        Path store = folder.resolve("clients.p12");
        TestKeyStores.writeTrusted(store, "PKCS12", "another password", Map.of("alice", ALICE.certificate()));
        Map<String, String> given = new HashMap<>(Map.of("store", store.toString(), "storePassword", SECRET));

        Settings settings = parse(given);
        assertThat(settings.summary()).doesNotContain(SECRET);
        SettingsException failure = catchThrowableOfType(
                SettingsException.class, () -> settings.open(new Counters(), InstantSource.system()));
        for (Throwable each = failure; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain(SECRET);
        }
        assertThat(failure.problems())
                .singleElement()
                .asString()
                .startsWith("TK-302 store [")
                .contains("password");
        given.put("mode", "off");
        given.put("settingsFile", write("storePassword=" + SECRET + "\nstorePassword=" + SECRET + "\n"));
        given.put("storePasswordFile", write(SECRET + "\n"));
        assertThat(String.join("\n", problems(given))).doesNotContain(SECRET).contains("storePassword: is given twice");
    }

    @Test
    @DisplayName("a password in a file is used as written: it may contain ${ and blanks")
    void usesPasswordsInFilesAsWritten() throws Exception {
        Path store = folder.resolve("clients.p12");
        TestKeyStores.writeTrusted(store, "PKCS12", " a${b ", Map.of("alice", ALICE.certificate()));

        parse(Map.of("store", store.toString(), "storePasswordFile", write(" a${b ")))
                .open(new Counters(), InstantSource.system());
    }

    @Test
    void opensTheStoreWithThePasswordInAFile() throws Exception {
        Path store = folder.resolve("clients.p12");
        TestKeyStores.writeTrusted(store, "PKCS12", SECRET, Map.of("alice", ALICE.certificate()));

        parse(Map.of("store", store.toString(), "storePasswordFile", write(SECRET + "\r\nsecond line")))
                .open(new Counters(), InstantSource.system());
    }

    private String write(String content) throws IOException {
        return Files.writeString(Files.createTempFile(folder, "settings", ".properties"), content)
                .toString();
    }

    private Settings parse(Map<String, String> given) {
        return Settings.parse(given, resources);
    }

    private List<String> problems(Map<String, String> given) {
        SettingsException failure = catchThrowableOfType(SettingsException.class, () -> parse(given));
        assertThat(failure).isNotNull();
        return failure.problems();
    }
}
