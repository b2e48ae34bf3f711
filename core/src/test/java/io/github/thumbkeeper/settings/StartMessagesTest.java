/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an administrator reads when a gate does not start: where, which value, why, and what is expected. */
class StartMessagesTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final String SHA256 = ALICE.sha256();
    private static final String PIN = "sha256/" + ALICE.pin();

    private final CapturedLog log = new CapturedLog();
    private final FakeResources resources = new FakeResources();

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws Exception {
        Files.writeString(folder.resolve("alice.pem"), ALICE.pem());
        resources.file("alice.pem", folder.resolve("alice.pem"));
    }

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    /** Each row: the settings as {@code name=value}, and how each problem begins. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void saysWhereWhatWhyAndWhatIsExpected(List<String> given, List<String> expected) {
        List<String> problems = problems(given);

        assertThat(problems).as("%s", problems).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(problems.get(i)).startsWith(expected.get(i));
        }
    }

    static Stream<Arguments> messages() {
        return Stream.of(
                row(
                        given("thumbprints="),
                        "TK-203 thumbprints: the value is empty; expected thumbprints, or leave the setting out if another"
                                + " one lists the certificates"),
                row(
                        given("thumbprints=" + SHA256, "mode= "),
                        "TK-203 mode: the value is empty; expected enforce, report or annotate, or leave the setting out"
                                + " for the default [enforce]"),
                row(
                        given("thumbprints=" + SHA256, "exclude="),
                        "TK-203 exclude: the value is empty; expected path patterns, or leave the setting out if it is not"
                                + " needed"),
                row(given("thumbprints=conf/alice.pem"), location("thumbprints", "conf/alice.pem")),
                row(given("thumbprints=alice.CRT"), location("thumbprints", "alice.CRT")),
                row(given("thumbprints=C:\\keys\\alice"), location("thumbprints", "C:\\keys\\alice")),
                row(given("thumbprints=jndi:cert/clients"), location("thumbprints", "jndi:cert/clients")),
                row(
                        given("publicKeyPins=conf/alice.pem"),
                        "TK-203 publicKeyPins: [conf/alice.pem] looks like the location of a file or resource, not like a"
                                + " pin; a file with certificates of clients belongs in store; expected sha256/ and base64"
                                + " of 44 characters with padding, sha256//…, pin-sha256=\"…\" or pin-sha256:…"),
                row(
                        given("store=" + SHA256),
                        "TK-203 store: [" + SHA256 + "] is a thumbprint, not a location; expected it in thumbprints"),
                row(
                        given("store=alice.pem, sha256:" + SHA256),
                        "TK-203 store: [sha256:" + SHA256
                                + "] is a thumbprint, not a location; expected it in thumbprints"),
                row(
                        given("store=" + PIN),
                        "TK-203 store: [" + PIN
                                + "] is the pin of a public key, not a location; expected it in publicKeyPins"),
                row(
                        given("thumbprint=" + SHA256),
                        "TK-202 setting [thumbprint] in the configuration is unknown; did you mean [thumbprints]? The"
                                + " nearest names are thumbprints, "),
                row(
                        given("storePasword=x", "store=alice.pem"),
                        "TK-202 setting [storePasword] in the configuration is unknown; did you mean [storePassword]? The"
                                + " nearest names are storePassword, "),
                row(
                        given("allowedThumbprints=" + SHA256),
                        "TK-202 setting [allowedThumbprints] in the configuration is unknown; the nearest names are"
                                + " thumbprints, "),
                row(
                        given("stroe=alice.p12", "storePassword=s3cret"),
                        "TK-202 setting [stroe] in the configuration is unknown; did you mean [store]? The nearest names"
                                + " are store, "),
                row(
                        given("thumbprints=" + SHA256, "validateTrust=true", "truststoreFile=/ca.pem"),
                        "TK-202 setting [truststoreFile] in the configuration is unknown; the nearest names are trustStore, "),
                row(
                        given("mode=report"),
                        "TK-204 store: no certificate is listed; set thumbprints, publicKeyPins, store or identities"),
                row(
                        given("thumbprints=" + SHA256, "storePassword=s3cret"),
                        "TK-204 storePassword: belongs to [store] or [deny], which is not set"));
    }

    @Test
    void namesTheThreeNearestSettingsAndNotAll() {
        assertThat(problems(List.of("thumbprints=" + SHA256, "storePasword=x", "store=alice.pem")))
                .singleElement()
                .asString()
                .matches(".* The nearest names are \\w+, \\w+ and \\w+")
                .doesNotContain("sqlTable");
    }

    private static String location(String setting, String value) {
        return "TK-203 " + setting + ": [" + value + "] looks like the location of a file or resource, not like a"
                + " thumbprint; a file with certificates of clients belongs in store; expected 40 (SHA-1), 64 (SHA-256),"
                + " 96 (SHA-384) or 128 (SHA-512) hex digits";
    }

    private static Arguments row(List<String> given, String... expected) {
        return Arguments.of(given, List.of(expected));
    }

    private static List<String> given(String... settings) {
        return List.of(settings);
    }

    private List<String> problems(List<String> given) {
        SettingsException failure = failure(given);
        return failure == null ? List.of() : failure.problems();
    }

    private @Nullable SettingsException failure(List<String> given) {
        Map<String, String> settings = new LinkedHashMap<>();
        given.forEach(
                each -> settings.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1)));
        return catchThrowableOfType(
                SettingsException.class,
                () -> Settings.parse(settings, resources).open(new Counters(), InstantSource.system()));
    }

    /** A start with ten mistakes is one block of ten lines, and the exception for the container is short. */
    @Test
    void logsOneBlockAndGivesTheContainerAShortException() {
        SettingsException failure = failure(tenMistakes());
        assertThat(failure).isNotNull();

        Exception thrown = StartFailure.log(
                        System.getLogger("io.github.thumbkeeper.test"), "TK-200 gate of [/app] does not start", failure)
                .as(Exception::new);

        assertThat(log.lines()).hasSize(1);
        List<String> block = log.lines().get(0).lines().toList();
        assertThat(block.get(0)).isEqualTo("SEVERE TK-200 gate of [/app] does not start, because of 10 problems:");
        assertThat(block.subList(1, block.size()))
                .hasSize(10)
                .allMatch(line -> line.matches(" {2}TK-20[1-4] .*"))
                .doesNotHaveDuplicates();
        assertThat(printed(thrown))
                .containsExactly(
                        "java.lang.Exception: Thumbkeeper does not start, because of 10 problems: see TK-200 in the log",
                        "Caused by: " + SettingsException.class.getName() + ": 10 problems, listed in the log");
        assertThat(thrown.getCause())
                .hasMessageContaining("did you mean [thumbprints]?")
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        cause -> assertThat(cause.problems()).hasSize(10));
    }

    private static List<String> tenMistakes() {
        return List.of(
                "thumbprint=" + SHA256,
                "publicKeyPins=x",
                "store=http://x",
                "refreshInterval=10",
                "mode=on",
                "denyStatus=404",
                "exclude=",
                "roles=a b",
                "clockSkew=2h",
                "validateTrust=true");
    }

    private static List<String> printed(Throwable thrown) {
        java.io.StringWriter text = new java.io.StringWriter();
        thrown.printStackTrace(new java.io.PrintWriter(text));
        return text.toString().lines().toList();
    }

    @Test
    void logsAnUnexpectedFailureWithItsStackTrace() {
        Exception thrown = StartFailure.log(
                        System.getLogger("io.github.thumbkeeper.test"),
                        "TK-200 gate of [/app] does not start",
                        new IllegalStateException("the valve is not within an Engine"))
                .as(Exception::new);

        assertThat(log.text())
                .contains(
                        "TK-200 gate of [/app] does not start, because of an unexpected failure: the valve is not within")
                .contains("at " + StartMessagesTest.class.getName());
        assertThat(printed(thrown)).hasSize(1);
    }

    /** TK-400: the defaults of all other settings are on the settings page. */
    @Test
    void summaryHasWhatWasSetAndNoSecret() {
        assertThat(Settings.parse(Map.of("thumbprints", SHA256), resources).summary())
                .isEqualTo("no other setting is set");
        assertThat(Settings.parse(
                                Map.of(
                                        "thumbprints", SHA256,
                                        "store", "alice.pem",
                                        "storePassword", "s3cret",
                                        "sqlQuery", "select 1",
                                        "mode", "enforce"),
                                resources)
                        .summary())
                .isEqualTo("set: store=[alice.pem] storePassword=(not shown) sqlQuery=(not shown) mode=[enforce]");
    }

    @Test
    void saysWhereAFileWasExpected() {
        Path base = folder.toAbsolutePath();
        resources.file("clients.txt", base.resolve("clients.txt"));
        resources.file("conf/clients", base.resolve("conf/clients"));
        resources.file("/WEB-INF/clients.txt", base.resolve("app/WEB-INF/clients.txt"));

        assertThat(problems(List.of("store=clients.txt, conf/clients, /WEB-INF/clients.txt, /nowhere/x.pem")))
                .containsExactly(
                        "TK-302 store [clients.txt] does not exist; the path is [" + base
                                + "/clients.txt], because relative paths start at [" + base + "]",
                        "TK-302 store [conf/clients] does not exist; the path is [" + base
                                + "/conf/clients], because relative paths start at [" + base + "]",
                        "TK-302 store [/WEB-INF/clients.txt] does not exist; the path is [" + base
                                + "/app/WEB-INF/clients.txt]",
                        "TK-302 store [/nowhere/x.pem] does not exist");
        assertThat(problems(List.of("identities=file:rules.txt")))
                .singleElement()
                .asString()
                .startsWith("TK-302 store [file:rules.txt] does not exist; the path is [/")
                .contains("/rules.txt], because relative paths start at [/");
    }

    /** The setting may hold the password itself by mistake. */
    @Test
    void showsNoPathOfAPasswordFileThatDoesNotExist() {
        assertThat(problems(List.of("store=alice.pem", "storePasswordFile=s3cret")))
                .singleElement()
                .asString()
                .contains("does not exist")
                .doesNotContain("s3cret");
    }

    @Test
    void namesTheFilterOnlyIfThereIsOne() throws Exception {
        Files.createDirectory(folder.resolve("empty"));
        resources.file("empty", folder.resolve("empty"));

        assertThat(problems(List.of("store=empty")))
                .containsExactly(
                        "TK-302 store [empty] lists no entries; expected at least one, or allowEmptyStore=true to"
                                + " start and refuse everything");
        assertThat(problems(List.of("store=alice.pem", "storeFilter=bob*")))
                .containsExactly(
                        "TK-302 store [alice.pem] lists no entries whose label matches storeFilter [bob*]; expected"
                                + " at least one, or allowEmptyStore=true to start and refuse everything");
    }

    /** The wrappers of a container say nothing; the innermost reason does, and is not cut off. */
    @Test
    void showsTheInnermostReasonOfALookUp() {
        String reason =
                "store [/etc/tomcat/certificates/of/all/our/clients/clients.p12] is a PKCS12 key store that cannot be"
                        + " opened: no password is set; expected password or passwordFile";
        NamingException inner = new NamingException(reason);
        NamingException outer = new NamingException("Cannot create resource instance");
        outer.setRootCause(new IllegalStateException(inner));
        resources.fail("java:comp/env/cert/clients", outer);

        assertThat(problems(List.of("store=java:comp/env/cert/clients")))
                .containsExactly(
                        "TK-302 store [java:comp/env/cert/clients] cannot look up [java:comp/env/cert/clients]:"
                                + " javax.naming.NamingException (Cannot create resource instance: " + reason + ")");
    }

    @Test
    void reportsEveryStoreThatCannotBeRead() {
        List<String> problems = problems(List.of("store=/nowhere/a.pem, /nowhere/b.pem"));

        assertThat(new ArrayList<>(problems)).hasSize(2).allMatch(line -> line.startsWith("TK-302 store [/nowhere/"));
    }
}
