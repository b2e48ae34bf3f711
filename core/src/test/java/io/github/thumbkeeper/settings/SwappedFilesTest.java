/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.fakes.TestDirectory;
import io.github.thumbkeeper.jndi.DirContextFactory;
import io.github.thumbkeeper.jndi.KeyStoreFactory;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.testkit.Secret;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.naming.CompositeName;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import javax.naming.directory.InitialDirContext;
import javax.naming.spi.ObjectFactory;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files, columns, attributes and names that were swapped with others that hold a password: no message repeats any of it. */
class SwappedFilesTest {

    private static final TestCertificate ALICE = SettingsTest.ALICE;
    private static final String NAME = "java:comp/env/clients";
    private static final String PLACEHOLDER = "${PROXY_SECRET}";

    private final CapturedLog log = new CapturedLog();
    private final FakeResources resources = new FakeResources();
    private final MovableClock clock = new MovableClock(Instant.now());
    private final AtomicLong ticker = new AtomicLong();

    @TempDir
    private Path folder;

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    static Stream<Arguments> filesAndSecrets() {
        Map<String, Function<String, Map<String, String>>> readers = Map.of(
                "store", file -> Map.of("store", file),
                "deny", file -> Map.of("thumbprints", ALICE.sha256(), "deny", "./" + file),
                "trustStore",
                        file -> Map.of("thumbprints", ALICE.sha256(), "validateTrust", "true", "trustStore", file),
                "crl",
                        file -> Map.of(
                                "thumbprints",
                                ALICE.sha256(),
                                "validateTrust",
                                "true",
                                "trustStore",
                                "roots",
                                "validateRevocation",
                                "true",
                                "crl",
                                file),
                "identities",
                        file -> Map.of("identities", "file:" + file, "validateTrust", "true", "trustStore", "roots"),
                "settingsFile", file -> Map.of("settingsFile", file),
                "storePasswordFile", file -> Map.of("store", "keys", "storePasswordFile", file),
                "trustStorePasswordFile",
                        file -> Map.of(
                                "thumbprints",
                                ALICE.sha256(),
                                "validateTrust",
                                "true",
                                "trustStore",
                                "keys",
                                "trustStorePasswordFile",
                                file));
        return readers.entrySet().stream()
                .flatMap(
                        reader -> Secret.all().map(secret -> Arguments.of(reader.getKey(), reader.getValue(), secret)));
    }

    @ParameterizedTest(name = "{0} names a file with {2}")
    @MethodSource("filesAndSecrets")
    void neverRepeatsTheContentOfAFile(String setting, Function<String, Map<String, String>> reader, Secret secret)
            throws Exception {
        resources.file("pw", Files.write(folder.resolve("pw"), secret.bytes()));
        resources.file("./pw", folder.resolve("pw"));
        resources.file("roots", Files.writeString(folder.resolve("roots.pem"), ALICE.pem()));
        Path keys = folder.resolve("keys.p12");
        TestKeyStores.writeTrusted(keys, "PKCS12", "another password", Map.of("alice", ALICE.certificate()));
        resources.file("keys", keys);

        secret.assertNotIn(refusal(reader.apply("pw")));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a file in a directory of certificates is not repeated")
    @MethodSource("secrets")
    void neverRepeatsAFileOfADirectory(Secret secret) throws Exception {
        Path directory = Files.createDirectory(folder.resolve("clients"));
        Files.write(directory.resolve("a.pem"), secret.bytes());
        Files.writeString(directory.resolve("b.pem"), "-----BEGIN CERTIFICATE-----\n" + secret.text());
        Files.writeString(
                directory.resolve("c.pem"), "-----BEGIN " + secret.text().strip() + "-----\n");
        Files.writeString(
                directory.resolve("d.pem"),
                "-----BEGIN CERTIFICATE-----\n-----END " + secret.text().strip() + "-----\n");
        resources.file("clients", directory);

        secret.assertNotIn(refusal(Map.of("store", "clients")));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a list or rule file that is replaced by a password while the gate runs is not repeated")
    @MethodSource("secrets")
    void neverRepeatsAFileThatIsReadAgain(Secret secret) throws Exception {
        Path list = Files.writeString(folder.resolve("list"), ALICE.sha256() + "\n");
        Path rules = Files.writeString(folder.resolve("rules"), "thumbprint=" + ALICE.sha256() + "\n");
        resources.file("list", list);
        resources.file("rules", rules);
        Gate gate = Settings.parse(Map.of("store", "list", "identities", "file:rules"), resources, clock)
                .open(new Counters(), clock, ticker::get);

        Files.write(list, secret.bytes());
        Files.write(rules, secret.bytes());
        gate.refresh();

        assertThat(log.text()).contains("TK-301 store [list] ").contains("TK-301 store [file:rules] ");
        secret.assertNotIn(log.text());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("data behind a good thumbprint is not repeated")
    @MethodSource("secrets")
    void neverRepeatsDataOfALine(Secret secret) throws Exception {
        for (String data : List.of("", "label=\"", "roles=\"", "from=", "until=", "password=")) {
            resources.file(
                    "list", Files.writeString(folder.resolve("list"), ALICE.sha256() + " " + data + secret.text()));

            secret.assertNotIn(refusal(Map.of("store", "list")));
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a string that is bound instead of a path is not repeated")
    @MethodSource("secrets")
    void neverRepeatsABoundString(Secret secret) {
        resources.bind(NAME, secret.text());

        secret.assertNotIn(refusal(Map.of("store", NAME)));
        secret.assertNotIn(refusal(Map.of("thumbprints", ALICE.sha256(), "deny", NAME)));
        secret.assertNotIn(refusal(Map.of("thumbprints", ALICE.sha256(), "validateTrust", "true", "trustStore", NAME)));
        secret.assertNotIn(refusal(Map.of("settingsFile", NAME)));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a password in place of the file that holds it is not repeated")
    @MethodSource("secrets")
    void neverRepeatsAPasswordInsteadOfItsFile(Secret secret) throws Exception {
        Path keys = folder.resolve("keys.p12");
        TestKeyStores.writeTrusted(keys, "PKCS12", "another password", Map.of("alice", ALICE.certificate()));
        resources.file("keys", keys);

        secret.assertNotIn(refusal(Map.of("store", "keys", "storePasswordFile", secret.text())));
        secret.assertNotIn(
                factory(new KeyStoreFactory(), Map.of("path", keys.toString(), "passwordFile", secret.text())));
        secret.assertNotIn(factory(
                new DirContextFactory(),
                Map.of("url", "ldap://127.0.0.1:1/", "principal", "cn=x", "passwordFile", secret.text())));
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a column that is selected by mistake is not repeated")
    @MethodSource("secrets")
    void neverRepeatsAColumn(Secret secret) throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:SwappedFilesTest;DB_CLOSE_DELAY=-1");
        resources.bind(NAME, source);
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(
                        "CREATE TABLE person AS SELECT '" + ALICE.sha256() + "' AS thumb, CAST(? AS VARCHAR) AS pw")) {
            statement.setString(1, secret.text());
            statement.execute();
        }
        try {
            for (String columns : List.of(
                    "pw AS thumbprint",
                    "pw AS certificate",
                    "thumb AS thumbprint, '\"' || pw || '\", ' AS roles",
                    "thumb AS thumbprint, pw AS valid_from",
                    "thumb AS thumbprint, CAST(pw AS TIMESTAMP) AS valid_until",
                    "thumb AS thumbprint, pw AS enabled",
                    "thumb AS thumbprint, CAST(pw AS INT) AS enabled")) {
                secret.assertNotIn(refusal(Map.of("store", NAME, "sqlQuery", "SELECT " + columns + " FROM person")));
            }
        } finally {
            try (Connection connection = source.getConnection()) {
                connection.createStatement().execute("SHUTDOWN");
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("an attribute that is named by mistake is not repeated")
    @MethodSource("secrets")
    void neverRepeatsAnAttribute(Secret secret) throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            directory.add(
                    "alice",
                    TestDirectory.certificates("userCertificate;binary", ALICE),
                    new com.unboundid.ldap.sdk.Attribute("userPassword", secret.text()),
                    new com.unboundid.ldap.sdk.Attribute("description", "\"" + secret.text() + "\", "));
            InitialDirContext context = new InitialDirContext(directory.environment());
            resources.bind(NAME, context);
            try {
                for (Map<String, String> wrong : List.of(
                        Map.of("ldapCertificateAttribute", "userPassword"),
                        Map.of("ldapCertificateAttribute", "description"),
                        Map.of("ldapRolesAttribute", "userPassword"),
                        Map.of("ldapRolesAttribute", "description"),
                        Map.of("ldapLabelAttribute", "userPassword"))) {
                    Map<String, String> given = new HashMap<>(wrong);
                    given.put("store", NAME);
                    secret.assertNotIn(refusal(given));
                }
            } finally {
                context.close();
            }
        }
    }

    @Test
    @DisplayName("a thumbprint with a typing error is shown, with the place of the error")
    void showsAThumbprintWithATypingError() throws IOException {
        String typo = ALICE.sha256().substring(0, 10) + "O" + ALICE.sha256().substring(11);
        String colons = ALICE.sha1().replaceAll("..(?!$)", "$0:");
        String pin = "sha256/" + ALICE.pin();
        Files.writeString(
                folder.resolve("list"),
                String.join(
                        "\n",
                        typo,
                        ALICE.sha256().substring(1),
                        colons.substring(0, 57),
                        "0x" + ALICE.sha1(),
                        pin.substring(0, pin.length() - 2),
                        ALICE.sha1() + ",",
                        "md5:" + ALICE.sha1().substring(8)));
        resources.file("list", folder.resolve("list"));

        assertThat(refusal(Map.of("store", "list")))
                .contains("line 1: [" + typo
                        + "] has the character [O] (U+004F) at index 10, the letter O, not a hex digit")
                .contains("line 2: [" + ALICE.sha256().substring(1) + "] has 63 hex digits")
                .contains("line 3: [" + colons.substring(0, 57) + "] ")
                .contains("line 4: [0x" + ALICE.sha1() + "] begins with 0x")
                .contains("line 5: [" + pin.substring(0, pin.length() - 2) + "] has 42 characters of base64")
                .contains("line 6: [" + ALICE.sha1() + ",] has the character [,]")
                .contains("line 7: [md5:" + ALICE.sha1().substring(8) + "] ");
    }

    @Test
    @DisplayName("the message for a password names the line, its length and what is accepted")
    void namesLineAndLength() throws IOException {
        resources.file("pw", Files.writeString(folder.resolve("pw"), "changeit\n"));

        assertThat(refusal(Map.of("store", "pw")))
                .contains("TK-302 store [pw] is not a list of thumbprints:")
                .contains(
                        "line 1: a text of 8 characters (not shown, it may be a password) is not a thumbprint; expected"
                                + " 40 (SHA-1)");
        assertThat(refusal(Map.of("identities", "file:pw", "validateTrust", "true", "trustStore", "pw")))
                .contains("rule 1 a text of 8 characters (not shown, it may be a password) has no value");
        assertThat(refusal(Map.of("settingsFile", "pw")))
                .contains("TK-202 setting number 1 in [pw] has as its name a text of 8 characters (not shown");
    }

    @Test
    @DisplayName("a mistyped setting of a settings file is named")
    void namesAMistypedSetting() throws IOException {
        resources.file("pw", Files.writeString(folder.resolve("pw"), "stroe=x\nmod=report\n"));

        assertThat(refusal(Map.of("settingsFile", "pw")))
                .contains("TK-202 setting [stroe] in [pw] is unknown; did you mean [store]?")
                .contains("TK-202 setting [mod] in [pw] is unknown; did you mean [mode]?");
    }

    static Stream<Arguments> everySetting() {
        return Stream.of(Setting.values())
                .flatMap(setting -> Stream.of("${PROXY_SECRET}", "abc${X}", "${X", "a${b}c")
                        .map(value -> Arguments.of(setting, value)));
    }

    @ParameterizedTest(name = "{0} = {1}")
    @DisplayName("a placeholder that nothing has replaced is refused in every setting, and not shown if it is a secret")
    @MethodSource("everySetting")
    void refusesPlaceholdersInEverySetting(Setting setting, String value) {
        String refusal = refusal(Map.of(setting.key(), value));

        assertThat(refusal).contains("TK-203 " + setting.key() + ": ").contains("contains a placeholder");
        assertThat(refusal.contains(value)).isEqualTo(!setting.isSecret());
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a placeholder in a settings file is refused, and not shown if it is a secret")
    @ValueSource(strings = {"proxyVerifyValue", "storePassword", "trustStorePassword"})
    void refusesPlaceholdersInASettingsFile(String setting) throws IOException {
        resources.file("gate", Files.writeString(folder.resolve("gate"), setting + "=" + PLACEHOLDER + "\n"));

        assertThat(refusal(Map.of("settingsFile", "gate")))
                .contains("TK-203 " + setting + ": (not shown here) contains a placeholder that nothing has replaced")
                .doesNotContain(PLACEHOLDER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PKCS12", "JKS"})
    @DisplayName("a key store and its password file that are swapped are both reported")
    void reportsBothSwappedFiles(String type) throws IOException {
        Path keys = folder.resolve("clients.p12");
        TestKeyStores.writeTrusted(keys, type, "changeit", Map.of("alice", ALICE.certificate()));
        Path password = Files.writeString(folder.resolve("pw"), "changeit\n");

        assertThat(refusal(Map.of("store", password.toString(), "storePasswordFile", keys.toString())))
                .contains("TK-203 storePasswordFile: store [" + keys + "] is a " + type
                        + " key store and not the file of [storePasswordFile]; were the two files swapped?")
                .contains("TK-302 store [" + password + "] is not a list of thumbprints:")
                .doesNotContain("changeit");
        assertThat(factory(new KeyStoreFactory(), Map.of("path", password.toString(), "passwordFile", keys.toString())))
                .contains("is a " + type + " key store and not the file of [passwordFile]")
                .doesNotContain("changeit");
    }

    @Test
    @DisplayName("a password file that holds only a placeholder is refused")
    void refusesPlaceholderInAPasswordFile() throws Exception {
        Path keys = folder.resolve("keys.p12");
        TestKeyStores.writeTrusted(keys, "PKCS12", PLACEHOLDER, Map.of("alice", ALICE.certificate()));
        resources.file("keys", keys);
        Path file = Files.writeString(folder.resolve("pw"), PLACEHOLDER + "\n");
        resources.file("pw", file);

        assertThat(refusal(Map.of("store", "keys", "storePasswordFile", "pw")))
                .contains("storePasswordFile", "placeholder that nothing has replaced")
                .doesNotContain(PLACEHOLDER);
        assertThat(factory(new KeyStoreFactory(), Map.of("path", keys.toString(), "passwordFile", file.toString())))
                .contains("[passwordFile]", "placeholder that nothing has replaced")
                .doesNotContain(PLACEHOLDER);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("an object factory refuses a placeholder in any attribute")
    @CsvSource({"path", "password", "passwordFile", "includeKeyEntries"})
    void refusesPlaceholdersOfKeyStoreFactory(String attribute) {
        assertThat(factory(new KeyStoreFactory(), Map.of(attribute, "x" + PLACEHOLDER)))
                .contains("[" + attribute + "] contains a placeholder that nothing has replaced")
                .doesNotContain(PLACEHOLDER);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"url", "principal", "password", "passwordFile"})
    void refusesPlaceholdersOfDirContextFactory(String attribute) {
        assertThat(factory(new DirContextFactory(), Map.of(attribute, "x" + PLACEHOLDER)))
                .contains("[" + attribute + "] contains a placeholder that nothing has replaced")
                .doesNotContain(PLACEHOLDER);
    }

    @Test
    @DisplayName("a bound directory whose password is a placeholder is refused before it is sent")
    void refusesPlaceholderOfABoundDirectory() throws Exception {
        try (TestDirectory directory = TestDirectory.start()) {
            InitialDirContext context = new InitialDirContext(directory.environment());
            context.addToEnvironment("java.naming.security.credentials", PLACEHOLDER);
            directory.binds.clear();
            resources.bind(NAME, context);

            assertThat(refusal(Map.of("store", NAME)))
                    .contains("has a placeholder that nothing has replaced")
                    .doesNotContain(PLACEHOLDER);
            assertThat(directory.binds).isEmpty();
            context.close();
        }
    }

    static Stream<Secret> secrets() {
        return Secret.all();
    }

    /** Returns all that is said of a gate that must not start: the exception, its causes and stack traces, and the log. */
    private String refusal(Map<String, String> given) {
        try {
            Settings.parse(given, resources, clock).open(new Counters(), clock, ticker::get);
        } catch (SettingsException e) {
            return text(e) + log.text();
        }
        throw new AssertionError("this gate must not start: " + given.keySet());
    }

    private static String factory(ObjectFactory factory, Map<String, String> attributes) {
        Reference reference = new Reference("x", factory.getClass().getName(), null);
        attributes.forEach((name, value) -> reference.add(new StringRefAddr(name, value)));
        try {
            factory.getObjectInstance(reference, new CompositeName("clients"), null, null);
        } catch (NamingException e) {
            return text(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("this resource must not be made");
    }

    private static String text(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return thrown.getMessage() + text;
    }
}
