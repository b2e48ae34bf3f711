/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.fakes.FakeResources;
import io.github.thumbkeeper.fakes.TestDirectory;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.location.Locations;
import io.github.thumbkeeper.store.location.StoreOptions;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.naming.AuthenticationException;
import javax.naming.CompositeName;
import javax.naming.Context;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import javax.naming.directory.DirContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirContextFactoryTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();

    @TempDir
    Path dir;

    private TestDirectory directory;

    @BeforeEach
    void start() throws Exception {
        directory = TestDirectory.start();
        directory.add("alice", ALICE);
    }

    @AfterEach
    void stop() {
        directory.close();
    }

    @Test
    void refusesUnknownAttribute() {
        assertRefused(
                Map.of("url", directory.url(), "credentials", "x"),
                "resource [ldap/clients]: [credentials] is not an attribute; expected [url, principal, password,");
    }

    @ParameterizedTest(name = "[{0}]")
    @ValueSource(
            strings = {
                "",
                " ",
                "ldap.example.org",
                "http://ldap.example.org/",
                "ldap:///dc=example,dc=org",
                "ldap://",
                "ldaps://:636/",
                "ldap://ldap.example.org/dc=example?userCertificate",
                "ldap://ldap.example.org/#x",
                "ldap://ldap.example.org:port/",
                "ldaps://ldap.example.org/dc=example ldap.example.org",
                "rmi://ldap.example.org/x",
                "ldaps://ldap\\u200e.example.org"
            })
    @DisplayName("only URLs of LDAP servers are accepted (row 71)")
    void refusesOtherUrls(String url) {
        assertRefused(Map.of("url", url), "; expected a URL such as ldaps://");
    }

    @Test
    @DisplayName("a password in the URL is refused and not shown")
    void refusesPasswordInUrl() {
        assertRefused(Map.of("url", "ldap://reader:s3cret@ldap.example.org/"), "has a text that is not shown");
        assertThatThrownBy(() -> bind(Map.of("url", "ldap://reader:s3cret@ldap.example.org/")))
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    @DisplayName("half of the credentials, which would be an anonymous bind, are refused (row 94)")
    void refusesHalfOfTheCredentials() throws Exception {
        String url = directory.url();
        String empty = Files.writeString(dir.resolve("empty"), "\n").toString();
        String blank = Files.writeString(dir.resolve("blank"), " \n").toString();
        String file = Files.writeString(dir.resolve("file"), "s3cret").toString();

        assertRefused(Map.of("url", url, "principal", "cn=x"), "[principal] and [password] or [passwordFile] belong");
        assertRefused(Map.of("url", url, "password", "s3cret"), "[principal] and [password] or [passwordFile] belong");
        assertRefused(Map.of("url", url, "passwordFile", file), "[principal] and [password] or [passwordFile] belong");
        assertRefused(
                Map.of("url", url, "principal", "cn=x", "password", ""), "[password] gives a password that is empty");
        assertRefused(
                Map.of("url", url, "principal", "cn=x", "password", "  "), "[password] gives a password that is empty");
        assertRefused(Map.of("url", url, "principal", " ", "password", "s3cret"), "[principal] is empty");
        assertRefused(
                Map.of("url", url, "principal", "cn=x", "passwordFile", empty),
                "[passwordFile] gives a password that is empty");
        assertRefused(
                Map.of("url", url, "principal", "cn=x", "passwordFile", blank),
                "that is empty; that would be an anonymous bind");
        assertRefused(
                Map.of("url", url, "principal", "cn=x", "password", "s3cret", "passwordFile", file),
                "[password] is set besides passwordFile");
        assertThat(directory.binds).isEmpty();
    }

    @Test
    @DisplayName("it can be bound while the directory is down, and opens no connection")
    void opensNoConnectionByItself() throws Exception {
        Map<String, String> credentials = credentials();
        directory.server().shutDown(true);
        DirContext bound = bind(credentials);
        directory.server().startListening();

        assertThat(bound.getEnvironment().get(Context.PROVIDER_URL)).isEqualTo(directory.url());
        assertThat(directory.connections()).isZero();
        assertThat(load(bound)).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("BanJNDI") // the directory is the test's own
    @DisplayName("applications can use it like any other context")
    void servesApplications() throws Exception {
        DirContext bound = bind(credentials());

        assertThat(bound.getAttributes("cn=alice").get("cn").get()).isEqualTo("alice");
        assertThat(directory.binds).containsExactly(TestDirectory.READER);
        bound.close();
        assertThat(load(bound)).isEqualTo(1);
    }

    @Test
    @DisplayName("a new password takes effect with the next connection")
    void readsThePasswordFileEachTime() throws Exception {
        Path file = Files.writeString(dir.resolve("password"), "old");
        DirContext bound = bind(
                Map.of("url", directory.url(), "principal", TestDirectory.READER, "passwordFile", file.toString()));
        assertThatThrownBy(() -> load(bound))
                .hasMessageContaining(AuthenticationException.class.getName())
                .message()
                .doesNotContain("old");

        Files.writeString(file, TestDirectory.PASSWORD + "\n");
        assertThat(load(bound)).isEqualTo(1);

        Files.delete(file);
        assertThatThrownBy(() -> load(bound))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(
                        "cannot be read completely: javax.naming.NamingException (resource [ldap/clients]: store [");
    }

    @Test
    @SuppressWarnings("BanJNDI") // the directory is the test's own
    @DisplayName("a password file that becomes empty is not an anonymous bind")
    void refusesAPasswordFileThatBecomesEmpty() throws Exception {
        Path file = Files.writeString(dir.resolve("password"), TestDirectory.PASSWORD);
        DirContext bound = bind(withPasswordFile(file));
        assertThat(load(bound)).isEqualTo(1);

        for (String empty : List.of("", "\n", " \r\n")) {
            Files.writeString(file, empty);
            assertThatThrownBy(() -> load(bound)).hasMessageContaining("[passwordFile] gives a password that is empty");
            assertThatThrownBy(() -> bound.getAttributes("cn=alice"))
                    .hasMessageContaining("[passwordFile] gives a password that is empty");
        }
        assertThat(directory.binds).containsOnly(TestDirectory.READER);
    }

    @Test
    @DisplayName("a password file follows the rule for all password files")
    void readsThePasswordAsUtf8() throws Exception {
        Path file = Files.writeString(dir.resolve("password"), "\uFEFF" + TestDirectory.PASSWORD + "\r\nline two");
        assertThat(load(bind(withPasswordFile(file)))).isEqualTo(1);

        Files.writeString(file, "\uFEFF" + TestDirectory.PASSWORD + "\r\n", StandardCharsets.UTF_16LE);
        assertRefused(withPasswordFile(file), "is text in UTF-16; save it as UTF-8");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("a bind that fails says what is unusual about the password")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "PASSWORD |ends in a blank",
                " PASSWORD|begins with a blank",
                "\"PASSWORD\"|is in quotes",
                "PASSWORD\u200B|has an invisible character"
            })
    void describesAPasswordThatIsRefused(String text, String why) throws Exception {
        String password = text.replace("PASSWORD", TestDirectory.PASSWORD);
        Path file = Files.writeString(dir.resolve("password"), password + "\r\n");
        for (DirContext bound : List.of(
                bind(withPasswordFile(file)),
                bind(Map.of("url", directory.url(), "principal", TestDirectory.READER, "password", password)))) {
            assertThatThrownBy(() -> load(bound))
                    .hasMessageContaining("; the password " + why)
                    .message()
                    .doesNotContain(TestDirectory.PASSWORD);
        }
    }

    private Map<String, String> withPasswordFile(Path file) {
        return Map.of("url", directory.url(), "principal", TestDirectory.READER, "passwordFile", file.toString());
    }

    @Test
    void readsAttributesFromTheEnvironment() throws Exception {
        @SuppressWarnings("JdkObsolete") // JNDI takes nothing else
        Hashtable<String, Object> environment = new Hashtable<>(credentials());
        DirContext bound =
                (DirContext) new DirContextFactory().getObjectInstance("java:global/clients", null, null, environment);

        assertThat(load(bound)).isEqualTo(1);
    }

    private Map<String, String> credentials() {
        return Map.of("url", directory.url(), "principal", TestDirectory.READER, "password", TestDirectory.PASSWORD);
    }

    private static int load(DirContext bound) throws StoreException {
        FakeResources resources = new FakeResources();
        resources.bind("java:comp/env/ldap/clients", bound);
        StoreOptions options = new StoreOptions(StorePassword.of("storePassword", null), false);
        Loader<EntryTable> store =
                new Locations(resources, options, InstantSource.system()).open("java:comp/env/ldap/clients");
        return store.load(null).value().size();
    }

    private static void assertRefused(Map<String, String> attributes, String why) {
        assertThatThrownBy(() -> bind(attributes))
                .isInstanceOf(NamingException.class)
                .hasMessageContaining(why)
                .hasMessageStartingWith("resource [ldap/clients]: ")
                .message()
                .doesNotContain("s3cret");
    }

    private static DirContext bind(Map<String, String> attributes) throws Exception {
        Reference reference = new Reference("javax.naming.directory.DirContext");
        reference.add(new StringRefAddr("auth", "Container"));
        reference.add(new StringRefAddr("singleton", "true"));
        attributes.forEach((name, value) -> reference.add(new StringRefAddr(name, value)));
        return (DirContext)
                new DirContextFactory().getObjectInstance(reference, new CompositeName("ldap/clients"), null, null);
    }
}
