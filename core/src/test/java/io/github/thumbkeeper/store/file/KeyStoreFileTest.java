/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Duplicates;
import io.github.thumbkeeper.store.FileFormat;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.spec.SecretKeySpec;
import org.assertj.core.api.Assertions;
import org.bouncycastle.asn1.pkcs.MacData;
import org.bouncycastle.asn1.pkcs.Pfx;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Slow
class KeyStoreFileTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final String PASSWORD = "changeit";

    @TempDir
    Path dir;

    @ParameterizedTest(name = "a wrong password of {0} is refused and not shown (row 29)")
    @ValueSource(strings = {"PKCS12", "JKS"})
    void refusesWrongPassword(String type) {
        Path file = written(type);

        assertThatThrownBy(() -> load(file, "s3cret-word"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("the password of [storePassword] does not open: the password is wrong")
                .cause()
                .hasToString("java.io.IOException");
        assertThatThrownBy(() -> load(file, "s3cret-word")).message().doesNotContain("s3cret-word");
    }

    @ParameterizedTest(name = "{0} without a password is refused (row 30)")
    @ValueSource(strings = {"PKCS12", "JKS"})
    void refusesMissingPassword(String type) {
        assertRefused(written(type), null, "is a " + type + " key store and no password is set; set [storePassword]");
    }

    @Test
    @NeedsProgram
    @DisplayName("a PKCS12 of certificates made by OpenSSL is refused with the remedy (row 31)")
    void refusesPkcs12WithoutTrustAttribute() throws Exception {
        Path pem = dir.resolve("alice.pem");
        ALICE.writePem(pem);
        Path file = dir.resolve("openssl.p12");
        Process openssl = new ProcessBuilder(
                        OutsideProgram.OPENSSL.path(),
                        "pkcs12",
                        "-export",
                        "-nokeys",
                        "-in",
                        pem.toString(),
                        "-out",
                        file.toString(),
                        "-passout",
                        "pass:" + PASSWORD)
                .redirectErrorStream(true)
                .start();
        openssl.getInputStream().readAllBytes();
        assertThat(openssl.waitFor()).isZero();

        assertRefused(file, PASSWORD, "has 0 trusted certificates for Java");
        assertRefused(file, PASSWORD, "keytool -importcert");
    }

    @ParameterizedTest(name = "{0} cut off at any byte is refused or read completely (row 32)")
    @ValueSource(strings = {"PKCS12", "JKS"})
    void neverReadsInPart(String type) throws Exception {
        byte[] whole = Files.readAllBytes(written(type));
        Path file = dir.resolve("cut");
        for (int length = 0; length < whole.length; length += length < 64 || length > whole.length - 64 ? 1 : 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertRefused(file, PASSWORD, "");
        }
        Files.write(file, whole);
        assertThat(load(file, PASSWORD).value()).hasSize(2);
    }

    @Test
    @DisplayName("BCFKS cut off at any byte is refused (row 32)")
    void neverReadsBcfksInPart() throws Exception {
        Provider provider = new BouncyCastleProvider();
        Security.addProvider(provider);
        try {
            byte[] whole = FileFormat.BCFKS.write(Map.of("alice", ALICE), PASSWORD);
            Path file = dir.resolve("cut");
            for (int length = 0; length < whole.length; length += length < 64 || length > whole.length - 64 ? 1 : 37) {
                Files.write(file, Arrays.copyOf(whole, length));
                assertRefused(file, PASSWORD, "");
            }
            Files.write(file, whole);
            assertThat(load(file, PASSWORD).value()).hasSize(1);
        } finally {
            Security.removeProvider(provider.getName());
        }
    }

    @ParameterizedTest(name = "{0} with keys only is refused, naming them (row 34)")
    @ValueSource(strings = {"PKCS12", "JKS"})
    void refusesKeysOnly(String type) throws Exception {
        Path file = stored(withKey(type));

        assertRefused(file, PASSWORD, "has 0 trusted certificates, only keys under [key]");
        assertRefused(file, PASSWORD, "includeKeyEntries=true");
    }

    @Test
    void refusesJceks() throws Exception {
        KeyStore keyStore = KeyStore.getInstance("JCEKS");
        keyStore.load(null, null);

        assertRefused(stored(keyStore), PASSWORD, "is a JCEKS key store; expected PKCS12, JKS or BCFKS");
    }

    @Test
    @DisplayName("an unknown pseudo-random function is refused (row 42)")
    void refusesUnknownPrf() throws Exception {
        Path file = written("PKCS12");
        byte[] bytes = Files.readAllBytes(file);
        byte[] hmacWithSha256 = {6, 8, 0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 2, 9};
        bytes[indexOf(bytes, hmacWithSha256) + 9] = 0x63;
        Files.write(file, bytes);

        assertRefused(
                file, PASSWORD, "cannot be loaded (PBE parameter parsing error: expecting the object identifier for a");
        assertRefused(file, PASSWORD, "encrypted in a way this Java runtime does not know");
    }

    @Test
    @DisplayName("a MAC with an excessive iteration count is refused at once (row 43)")
    void refusesExcessiveIterations() throws Exception {
        Path file = written("PKCS12");
        Pfx pfx = Pfx.getInstance(Files.readAllBytes(file));
        MacData mac = pfx.getMacData();
        MacData bomb = new MacData(mac.getMac(), mac.getSalt(), Integer.MAX_VALUE);
        Files.write(file, new Pfx(pfx.getAuthSafe(), bomb).getEncoded());

        Assertions.assertThatCode(() -> org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                        Duration.ofSeconds(5), () -> assertRefused(file, PASSWORD, "cannot be loaded")))
                .doesNotThrowAnyException();
    }

    @Test
    @DisplayName("a BCFKS store is read with its provider, and refused by name without it (row 36)")
    void readsBcfksIfAProviderOffersIt() throws Exception {
        Provider provider = new BouncyCastleProvider();
        KeyStore keyStore = KeyStore.getInstance("BCFKS", provider);
        keyStore.load(null, null);
        keyStore.setCertificateEntry("alice", ALICE.certificate());
        Path file = stored(keyStore);

        assertRefused(file, PASSWORD, "looks like a BCFKS key store, but no security provider");
        Security.addProvider(provider);
        try {
            assertThat(load(file, PASSWORD).value()).extracting(Entry::label).containsExactly("alice");
            assertRefused(file, "wrong", "BCFKS key store");
        } finally {
            Security.removeProvider(provider.getName());
        }
    }

    @Test
    @DisplayName("the kind of a key store is recognised by its content, not its name (row 36)")
    void recognisesKeyStoresByContent() throws Exception {
        Path jks = Files.move(written("JKS"), dir.resolve("jks.p12"));
        Path pkcs12 = Files.move(written("PKCS12"), dir.resolve("pkcs12.jks"));
        Path pem = Files.writeString(dir.resolve("pem.p12"), ALICE.pem());

        assertThat(load(jks, PASSWORD).value()).hasSize(2);
        assertThat(load(pkcs12, PASSWORD).value()).hasSize(2);
        assertThat(load(pem, null).value()).hasSize(1);
        assertRefused(jks, "wrong", "is a JKS key store that");
        assertRefused(pkcs12, "wrong", "is a PKCS12 key store that");
    }

    @ParameterizedTest(
            name = "{0}: one certificate under two aliases counts once if the labels are equal, else twice (row 40)")
    @ValueSource(strings = {"PKCS12", "JKS"})
    void countsOneCertificateOnce(String type) throws Exception {
        Path file = dir.resolve("clients");
        TestKeyStores.writeTrusted(
                file, type, PASSWORD, Map.of("alice#1", ALICE.certificate(), "alice#2", ALICE.certificate()));
        Loaded<EntryTable> same = load(file, PASSWORD);
        TestKeyStores.writeTrusted(
                file, type, PASSWORD, Map.of("alice", ALICE.certificate(), "bob", ALICE.certificate()));
        Loaded<EntryTable> different = load(file, PASSWORD);

        assertThat(Duplicates.resolve("clients", same).value()).hasSize(1);
        assertThatThrownBy(() -> Duplicates.resolve("clients", different))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("[alice]")
                .hasMessageContaining("[bob]");
    }

    @ParameterizedTest(name = "a {0} that is writable by all gets a warning (row 46)")
    @ValueSource(strings = {"PKCS12", "JKS"})
    void warnsOfWorldWritableFile(String type) throws Exception {
        Path file = written(type);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(load(file, PASSWORD).warnings()).singleElement().asString().contains("is writable by every user");
    }

    @Test
    @DisplayName("aliases of a JKS that differ only in case are both kept (row 37)")
    void keepsAliasesThatDifferInCase() throws Exception {
        KeyStore keyStore = KeyStore.getInstance("CaseExactJKS");
        keyStore.load(null, null);
        keyStore.setCertificateEntry("alice", ALICE.certificate());
        keyStore.setCertificateEntry("ALICE", BOB.certificate());

        assertThat(load(stored(keyStore), PASSWORD).value())
                .extracting(it -> it.digest().toString())
                .containsExactlyInAnyOrder("sha256:" + ALICE.sha256(), "sha256:" + BOB.sha256());
    }

    @ParameterizedTest(name = "50 000 entries in {0} are read in reasonable time (row 38)")
    @ValueSource(strings = {"PKCS12", "JKS"})
    void readsManyEntries(String type) throws Exception {
        KeyStore keyStore = KeyStore.getInstance(type);
        keyStore.load(null, null);
        for (int i = 0; i < 50_000; i++) {
            keyStore.setCertificateEntry("client" + i, ALICE.certificate());
        }
        Path file = stored(keyStore);

        org.junit.jupiter.api.Assertions.assertTimeout(
                Duration.ofMinutes(1),
                () -> assertThat(load(file, PASSWORD).value()).hasSize(50_000));
    }

    @ParameterizedTest(name = "{0}: keys next to certificates do not count (row 35)")
    @ValueSource(strings = {"PKCS12", "JKS"})
    void ignoresKeys(String type) throws Exception {
        KeyStore keyStore = withKey(type);
        keyStore.setCertificateEntry("bob#2026", BOB.certificate());

        Loaded<EntryTable> contents = load(stored(keyStore), PASSWORD);

        assertThat(contents.value()).extracting(it -> it.digest().toString()).containsExactly("sha256:" + BOB.sha256());
        assertThat(contents.value()).extracting(Entry::label).containsExactly("bob");
        assertThat(contents.warnings()).singleElement().asString().contains("key under [key]; it does not count");
    }

    @ParameterizedTest(name = "{0}: with includeKeyEntries the certificates of keys count (row 35)")
    @ValueSource(strings = {"PKCS12", "JKS"})
    void countsCertificatesOfKeysOnRequest(String type) throws Exception {
        KeyStore keyStore = withKey(type);
        keyStore.setCertificateEntry("bob", BOB.certificate());
        if (type.equals("PKCS12")) {
            SecretKeySpec secret = new SecretKeySpec(new byte[16], "AES");
            keyStore.setKeyEntry("secret", secret, PASSWORD.toCharArray(), null);
        }

        Loaded<EntryTable> contents = store(stored(keyStore), StorePassword.of("storePassword", PASSWORD), true)
                .load(null);

        assertThat(contents.value())
                .extracting(Entry::label, it -> it.digest().toString())
                .containsExactlyInAnyOrder(
                        tuple("bob", "sha256:" + BOB.sha256()), tuple("key", "sha256:" + ALICE.sha256()));
        assertThat(contents.warnings()).hasSize(type.equals("PKCS12") ? 1 : 0);
    }

    @ParameterizedTest(name = "an empty {0} has no entries")
    @ValueSource(strings = {"PKCS12", "JKS"})
    void readsEmptyKeyStore(String type) {
        Path file = dir.resolve("empty");
        TestKeyStores.writeTrusted(file, type, PASSWORD, Map.of());

        assertThat(loadUnchecked(file).value()).isEmpty();
    }

    @Test
    @DisplayName("a PKCS12 with legacy encryption is read (row 41)")
    void readsLegacyEncryption() {
        System.setProperty("keystore.pkcs12.legacy", "");
        try {
            assertThat(loadUnchecked(written("PKCS12")).value()).hasSize(2);
        } finally {
            System.clearProperty("keystore.pkcs12.legacy");
        }
    }

    @Test
    void readsThePasswordFromAFile() throws Exception {
        Path password = Files.writeString(dir.resolve("password"), PASSWORD + "\r\nsecond line");
        Path file = written("JKS");

        StorePassword read = StorePassword.readFrom("storePasswordFile", password);

        assertThat(store(file, read, false).load(null).value()).hasSize(2);
        assertThat(read).hasToString("storePasswordFile (not shown)");
    }

    @Test
    @DisplayName("a password file follows the rule for all text files: UTF-8, with or without byte order mark")
    void readsThePasswordAsUtf8() throws Exception {
        Path marked = Files.writeString(dir.resolve("marked"), "\uFEFF" + PASSWORD + "\n");
        Path utf16 = Files.write(dir.resolve("utf16"), PASSWORD.getBytes(StandardCharsets.UTF_16));
        Path latin1 = Files.write(dir.resolve("latin1"), "p\u00e4ssword".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(StorePassword.readFrom("storePasswordFile", marked).chars()).isEqualTo(PASSWORD.toCharArray());
        assertThatThrownBy(() -> StorePassword.readFrom("storePasswordFile", utf16))
                .hasMessage("store [" + utf16 + "] is text in UTF-16; save it as UTF-8");
        assertThatThrownBy(() -> StorePassword.readFrom("storePasswordFile", latin1))
                .hasMessage("store [" + latin1 + "] is not UTF-8 text; save it as UTF-8");
    }

    private Path written(String type) {
        Path file = dir.resolve("clients." + type);
        TestKeyStores.writeTrusted(
                file, type, PASSWORD, Map.of("alice", ALICE.certificate(), "bob", BOB.certificate()));
        return file;
    }

    private static KeyStore withKey(String type) throws Exception {
        KeyStore keyStore = KeyStore.getInstance(type);
        keyStore.load(null, null);
        Certificate[] chain = {ALICE.certificate()};
        keyStore.setKeyEntry("key", ALICE.privateKey(), PASSWORD.toCharArray(), chain);
        return keyStore;
    }

    private Path stored(KeyStore keyStore) throws Exception {
        Path file = dir.resolve("stored");
        try (OutputStream out = Files.newOutputStream(file)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            keyStore.store(bytes, PASSWORD.toCharArray());
            bytes.writeTo(out);
        }
        return file;
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new AssertionError("not found");
    }

    private static void assertRefused(Path file, String password, String why) {
        assertThatThrownBy(() -> load(file, password))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(why);
    }

    private static Loaded<EntryTable> loadUnchecked(Path file) {
        try {
            return load(file, PASSWORD);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    private static Loaded<EntryTable> load(Path file, String password) throws StoreException {
        return store(file, StorePassword.of("storePassword", password), false).load(null);
    }

    private static FileStore store(Path file, StorePassword password, boolean includeKeyEntries) {
        return new FileStore(
                file.toString(), file, new KeyStoreOptions(password, includeKeyEntries), false, InstantSource.system());
    }
}
