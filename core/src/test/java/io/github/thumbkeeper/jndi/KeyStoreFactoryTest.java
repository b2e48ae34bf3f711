/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.ProviderException;
import java.util.Collections;
import java.util.Hashtable;
import java.util.Map;
import javax.naming.BinaryRefAddr;
import javax.naming.CompositeName;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStoreFactoryTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    @TempDir
    Path dir;

    @Test
    void refusesUnknownAttribute() {
        assertRefused(Map.of("path", dir.toString(), "pasword", "x"), "resource [ks]: [pasword] is not an attribute");
    }

    @Test
    void refusesMissingEmptyAndRelativePath() {
        assertRefused(Map.of(), "resource [ks]: [path] is missing");
        assertRefused(Map.of("path", " "), "[path] is empty");
        assertRefused(Map.of("path", "conf/clients"), "[path] is [conf/clients]; only in Tomcat");
        assertRefused(Map.of("path", "a\0b"), "[path] is [a\\u0000b]");
        assertRefused(Map.of("path", dir.resolve("none").toString()), "does not exist");
    }

    @Test
    void refusesTwoPasswordsAndUnreadableOnes() {
        String path = keyStore("changeit").toString();

        assertRefused(
                Map.of("path", path, "password", "s3cret", "passwordFile", path),
                "[password] is set besides passwordFile");
        assertRefused(Map.of("path", path, "passwordFile", dir.resolve("none").toString()), "does not exist");
        assertRefused(Map.of("path", path), "no password is set; set [password]");
        assertThatThrownBy(() -> bind(Map.of("path", path, "password", "s3cret")))
                .isInstanceOf(NamingException.class)
                .hasMessageContaining("the password is wrong")
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void refusesEmptyUnlessAllowed() throws Exception {
        assertRefused(Map.of("path", dir.toString()), "has 0 certificates; set allowEmpty=true");
        assertRefused(Map.of("path", dir.toString(), "allowEmpty", "yes"), "[allowEmpty] is [yes]; expected");

        assertThat(bind(Map.of("path", dir.toString(), "allowEmpty", "true")).size())
                .isZero();
    }

    @Test
    void refusesAnyBadFileOfADirectory() throws Exception {
        ALICE.writePem(dir.resolve("alice.pem"));
        Files.writeString(dir.resolve("bad.pem"), "bad");

        assertRefused(Map.of("path", dir.toString()), "bad.pem] holds no certificate");
    }

    @Test
    void refusesOtherThanTextAndConflictingValues() {
        Reference binary = new Reference("java.security.KeyStore");
        binary.add(new BinaryRefAddr("path", new byte[1]));
        Hashtable<String, Object> environment = environment(Map.of("path", "/other"));

        assertThatThrownBy(() -> new KeyStoreFactory().getObjectInstance(binary, null, null, null))
                .hasMessage("resource [without a name]: [path] is not a text");
        assertThatThrownBy(() -> new KeyStoreFactory()
                        .getObjectInstance(
                                reference(Map.of("path", "/one")), new CompositeName("ks"), null, environment))
                .hasMessage("resource [ks]: [path] is set twice, with different values");
    }

    @Test
    void neverShowsHalfAChange() throws Exception {
        ALICE.writePem(dir.resolve("alice.pem"));
        BOB.writePem(dir.resolve("bob.pem"));
        KeyStore keyStore = bind(Map.of("path", dir.toString()));

        Files.writeString(dir.resolve("bob.pem"), "half written");
        Files.delete(dir.resolve("alice.pem"));

        assertThatThrownBy(keyStore::aliases)
                .isInstanceOf(ProviderException.class)
                .hasMessageContaining("resource [ks]: [path] store [" + dir + "]")
                .hasMessageContaining("bob.pem");
        assertThat(keyStore.getCertificate("alice")).isEqualTo(ALICE.certificate());
        assertThat(keyStore.size()).isEqualTo(2);
    }

    @Test
    void readsFilesAtAliasesOnly() throws Exception {
        Path file = dir.resolve("alice.pem");
        ALICE.writePem(file);
        KeyStore keyStore = bind(Map.of("path", file.toString()));

        BOB.writePem(file);
        assertThat(keyStore.getCertificate("alice")).isEqualTo(ALICE.certificate());

        assertThat(Collections.list(keyStore.aliases())).containsExactly("alice");
        assertThat(keyStore.getCertificate("ALICE")).isEqualTo(BOB.certificate());
    }

    @Test
    void recoversAndFollowsAnEmptiedDirectory() throws Exception {
        ALICE.writePem(dir.resolve("alice.pem"));
        KeyStore keyStore = bind(Map.of("path", dir.toString()));
        Files.writeString(dir.resolve("alice.pem"), "");
        assertThatThrownBy(keyStore::aliases).hasMessageContaining("is empty (0 bytes)");

        Files.delete(dir.resolve("alice.pem"));

        assertThat(Collections.list(keyStore.aliases())).isEmpty();
        assertThat(keyStore.size()).isZero();
    }

    @Test
    void behavesLikeAKeyStoreOfCertificates() throws Exception {
        KeyStore keyStore = bind(Map.of("path", keyStore("changeit").toString(), "password", "changeit"));

        assertThat(Collections.list(keyStore.aliases())).containsExactlyInAnyOrder("alice", "bob");
        assertThat(keyStore.containsAlias("Alice")).isTrue();
        assertThat(keyStore.isCertificateEntry("alice")).isTrue();
        assertThat(keyStore.isKeyEntry("alice")).isFalse();
        assertThat(keyStore.getKey("alice", null)).isNull();
        assertThat(keyStore.getCertificateChain("alice")).isNull();
        assertThat(keyStore.getCertificateAlias(BOB.certificate())).isEqualTo("bob");
        assertThat(keyStore.getCreationDate("alice")).isNotNull();
        assertThat(keyStore.getCreationDate("carol")).isNull();
        assertThat(keyStore.getCertificate("carol")).isNull();
        assertThat(keyStore.getEntry("alice", null)).isInstanceOf(KeyStore.TrustedCertificateEntry.class);
        assertThat(keyStore.getProvider().getName()).isEqualTo("Thumbkeeper");
    }

    @Test
    void isReadOnly() throws Exception {
        ALICE.writePem(dir.resolve("alice.pem"));
        KeyStore keyStore = bind(Map.of("path", dir.toString()));

        assertThatThrownBy(() -> keyStore.setCertificateEntry("bob", BOB.certificate()))
                .isInstanceOf(KeyStoreException.class);
        assertThatThrownBy(() -> keyStore.setKeyEntry("bob", new byte[1], null)).isInstanceOf(KeyStoreException.class);
        assertThatThrownBy(() -> keyStore.deleteEntry("alice")).isInstanceOf(KeyStoreException.class);
        assertThatThrownBy(() -> keyStore.store(new ByteArrayOutputStream(), new char[0]))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> keyStore.load(new ByteArrayInputStream(new byte[0]), null))
                .isInstanceOf(IOException.class);
        keyStore.load(null, null);

        assertThat(Collections.list(keyStore.aliases())).containsExactly("alice");
    }

    @Test
    @DisplayName("aliases are unique, and the label is the part before the # (row 55)")
    void numbersAliases() throws Exception {
        Files.writeString(dir.resolve("alice.pem"), ALICE.pem() + BOB.pem());
        ALICE.writeDer(dir.resolve("Alice.crt"));
        ALICE.writeDer(dir.resolve("alice#2.der"));
        BOB.writeDer(dir.resolve("alice#2026.der"));

        assertThat(Collections.list(bind(Map.of("path", dir.toString())).aliases()))
                .containsExactly("Alice", "alice#2", "alice#2026", "alice#3", "alice#4");
    }

    @Test
    void readsAttributesFromTheEnvironment() throws Exception {
        Path passwordFile = Files.writeString(dir.resolve("password"), "changeit\n");
        Hashtable<String, Object> environment =
                environment(Map.of("path", keyStore("changeit").toString(), "passwordFile", passwordFile.toString()));
        environment.put("java.naming.factory.initial", "some.Factory");

        KeyStore keyStore =
                (KeyStore) new KeyStoreFactory().getObjectInstance("java:global/ks", null, null, environment);

        assertThat(keyStore.size()).isEqualTo(2);
    }

    @Test
    void resolvesRelativePathsInTomcat() throws Exception {
        ALICE.writePem(dir.resolve("alice.pem"));
        System.setProperty("catalina.base", dir.toString());
        try {
            assertThat(bind(Map.of("path", "alice.pem", "auth", "Container", "singleton", "true"))
                            .size())
                    .isEqualTo(1);
            assertRefused(Map.of("path", "../alice.pem"), "has .. in its path");
        } finally {
            System.clearProperty("catalina.base");
        }
    }

    private Path keyStore(String password) {
        Path file = dir.resolve("clients.p12");
        TestKeyStores.writeTrusted(
                file, "PKCS12", password, Map.of("alice", ALICE.certificate(), "bob", BOB.certificate()));
        return file;
    }

    private static void assertRefused(Map<String, String> attributes, String why) {
        assertThatThrownBy(() -> bind(attributes))
                .isInstanceOf(NamingException.class)
                .hasMessageContaining(why);
    }

    private static KeyStore bind(Map<String, String> attributes) throws Exception {
        Object bound =
                new KeyStoreFactory().getObjectInstance(reference(attributes), new CompositeName("ks"), null, null);
        return (KeyStore) bound;
    }

    private static Reference reference(Map<String, String> attributes) {
        Reference reference = new Reference("java.security.KeyStore", KeyStoreFactory.class.getName(), null);
        attributes.forEach((name, value) -> reference.add(new StringRefAddr(name, value)));
        return reference;
    }

    @SuppressWarnings("JdkObsolete") // JNDI's interface
    private static Hashtable<String, Object> environment(Map<String, String> attributes) {
        return new Hashtable<>(attributes);
    }
}
