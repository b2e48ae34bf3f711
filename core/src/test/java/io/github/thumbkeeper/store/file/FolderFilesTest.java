/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.DeniedStore;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks directories as people have them: which files count, which are ignored, and what one bad file holds up. */
class FolderFilesTest {

    private static final TestCertificate CA =
            TestCertificate.named("CN=ca").ca().build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").issuedBy(CA).build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate ED =
            TestCertificate.named("CN=ed").ed25519().build();

    private static final String BY_NAME = "its name does not end in .pem, .crt, .cer, .der, .p7b, .p7c, .list";

    @TempDir
    Path folder;

    /** A file of a directory. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record FileOf(String name, byte[] content) {
        @Override
        public String toString() {
            return name;
        }

        FileOf(String name, String content) {
            this(name, content.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    static Stream<Arguments> ignored() throws Exception {
        ByteArrayOutputStream pkcs12 = new ByteArrayOutputStream();
        TestKeyStores.trusted(Map.of("alice", ALICE.certificate())).store(pkcs12, "changeit".toCharArray());
        return Stream.of(
                arguments(new FileOf("alice-key.pem", ALICE.privateKeyPem()), "it holds only a private key"),
                arguments(new FileOf("key.der", ALICE.privateKey().getEncoded()), "it holds only a private key"),
                arguments(new FileOf("ed.der", ED.privateKey().getEncoded()), "it holds only a private key"),
                arguments(
                        new FileOf(
                                "ec.pem",
                                "-----BEGIN EC PARAMETERS-----\nBggq\n-----END EC PARAMETERS-----\n"
                                        + ALICE.privateKeyPem()),
                        "it holds only a private key"),
                arguments(new FileOf("putty.pem", "PuTTY-User-Key-File-3: ssh-rsa\n"), "it holds only a private key"),
                arguments(new FileOf("tls.key", ALICE.privateKeyPem()), BY_NAME + "; it is a private key;"),
                arguments(
                        new FileOf("clients.p12", pkcs12.toByteArray()),
                        BY_NAME + "; it is a PKCS12 key store; name the file itself in store"),
                arguments(
                        new FileOf("bob.txt", BOB.pem()), BY_NAME + "; it seems to be an X.509 certificate: rename it"),
                arguments(new FileOf("bob", BOB.der()), BY_NAME + "; it seems to be an X.509 certificate: rename it"),
                arguments(new FileOf("README.md", "# Clients\n"), "its name does not end in .pem"),
                arguments(new FileOf("empty.txt", ""), "it is empty (0 bytes)"));
    }

    @ParameterizedTest(name = "{0} is ignored, and reported once with the reason")
    @MethodSource("ignored")
    void ignoresWithAReason(FileOf file, String why) throws Exception {
        ALICE.writePem(folder.resolve("alice.pem"));
        DirectoryStore store = entries(false);
        Loaded<EntryTable> alone = store.load(null);
        Files.write(folder.resolve(file.name()), file.content());

        Loaded<EntryTable> first = store.load(null);
        assertThat(first.failures()).isEmpty();
        assertThat(first.warnings())
                .singleElement()
                .asString()
                .startsWith("store [clients/" + file.name() + "] is ignored: " + why);
        assertThat(labels(first.value())).containsExactly("alice");
        assertThat(store.load(first)).isSameAs(first);
        assertThat(store.load(alone).value()).as("the list does not change").isSameAs(alone.value());
        assertThat(trusted().load(null).warnings()).as("trust store").hasSize(1);
    }

    @Test
    void reportsAFolderInAFolder() throws Exception {
        ALICE.writePem(folder.resolve("alice.pem"));
        Files.createDirectory(folder.resolve("eu"));
        Files.createDirectory(folder.resolve("..data"));

        assertThat(entries(false).load(null).warnings())
                .containsExactly(
                        "store [clients/eu] is ignored: it is a folder; only files directly in the named folder"
                                + " are read");
    }

    @Test
    @DisplayName("a file that had certificates and has only a key now keeps them")
    void keepsCertificatesThatAKeyReplaces() throws Exception {
        ALICE.writePem(folder.resolve("alice.pem"));
        BOB.writePem(folder.resolve("bob.pem"));
        for (Loader<?> loader : List.of(entries(false), entries(true), trusted())) {
            ALICE.writePem(folder.resolve("alice.pem"));
            assertThat(reloaded(loader, () -> Files.writeString(folder.resolve("alice.pem"), ALICE.privateKeyPem())))
                    .isEqualTo(
                            "store [clients/alice.pem] held entries before and holds only a private key, which is not"
                                    + " read; keep it elsewhere; remove the file instead");
        }
    }

    @Test
    @DisplayName("a bundle next to its parts, and tls.crt next to the same ca.crt, are one entry each")
    void mergesTheSameCertificate() throws Exception {
        Files.writeString(folder.resolve("tls.crt"), ALICE.pem() + CA.pem());
        CA.writePem(folder.resolve("ca.crt"));
        ALICE.writePem(folder.resolve("alice.pem"));

        Loaded<EntryTable> read = entries(false).load(null);

        assertThat(labels(read.value())).containsExactlyInAnyOrder("alice", "ca");
        assertThat(read.warnings())
                .anySatisfy(warning -> assertThat(warning)
                        .contains("] in [alice.pem], [tls.crt]; it counts once, with the label of the first file"));
        assertThat(read.warnings())
                .anySatisfy(warning -> assertThat(warning).contains("lists certificates of authorities (CA:TRUE)"));
    }

    @Test
    @DisplayName("a deny folder with a bad file denies what is new, and drops nothing that it denied")
    void dropsNothingFromADenyFolder() throws Exception {
        ALICE.writePem(folder.resolve("alice.pem"));
        BOB.writePem(folder.resolve("bob.pem"));
        DeniedStore deny = new DeniedStore(entries(true), false);
        Loaded<EntryTable> first = deny.load(null);
        assertThat(first.value().size())
                .as("each by thumbprint, and by issuer and serial number")
                .isEqualTo(4);

        Files.writeString(folder.resolve("alice.pem"), "half");
        Files.move(folder.resolve("bob.pem"), folder.resolve("bob2.pem"));
        Files.writeString(folder.resolve("bob2.pem"), "half");
        ED.writePem(folder.resolve("ed.pem"));
        Loaded<EntryTable> bad = deny.load(first);

        assertThat(bad.value()).containsAll(first.value());
        assertThat(bad.value()).extracting(Entry::digest).asString().contains(ED.sha256());
        assertThat(bad.failures()).hasSize(2);
        assertThat(deny.load(bad)).isSameAs(bad);
        assertThatThrownBy(() -> deny.load(null)).hasMessageContaining("has 2 bad files");

        Files.delete(folder.resolve("alice.pem"));
        Files.delete(folder.resolve("bob2.pem"));

        assertThat(labels(deny.load(bad).value())).containsOnly("ed");
    }

    @Test
    @DisplayName("a removal from a trust store counts while another file is bad, whose anchor stays")
    void removesAnAnchorNextToABadFile() throws Exception {
        CA.writePem(folder.resolve("ca.pem"));
        BOB.writePem(folder.resolve("bob.pem"));
        Loader<List<NamedCertificate>> trusted = trusted();
        Loaded<List<NamedCertificate>> first = trusted.load(null);
        Files.writeString(folder.resolve("ca.pem"), "half");
        Files.delete(folder.resolve("bob.pem"));

        Loaded<List<NamedCertificate>> second = trusted.load(first);

        assertThat(second.value()).extracting(NamedCertificate::name).containsExactly("ca");
        assertThat(second.failures()).hasSize(1);
    }

    @Test
    @DisplayName("names that are not UTF-8 are read, without a label, because two could look the same")
    void readsNamesThatAreNotUtf8() throws Exception {
        Path one = named("m%FCller.pem");
        Path two = named("m%F6ller.pem");
        ALICE.writePem(one);
        BOB.writePem(two);

        Loaded<EntryTable> read = entries(false).load(null);

        assertThat(read.value()).extracting(Entry::label).containsOnlyNulls();
        assertThat(read.value().size()).isEqualTo(2);
        Files.delete(one);
        assertThat(entries(false).load(read).value().size()).isEqualTo(1);
    }

    /** Returns a path by the bytes of its name. */
    private Path named(String escaped) {
        return Path.of(URI.create(folder.toUri() + escaped));
    }

    private static <V> String reloaded(Loader<V> loader, Change change) throws Exception {
        Loaded<V> first = loader.load(null);
        change.make();
        Loaded<V> second = loader.load(first);
        assertThat(second.value()).isEqualTo(first.value());
        assertThat(second.failures()).hasSize(1);
        return second.failures().get(0).getMessage();
    }

    /** A change of files. */
    private interface Change {
        void make() throws IOException;
    }

    private DirectoryStore entries(boolean denying) {
        return DirectoryStore.ofEntries("clients", folder, denying, InstantSource.system());
    }

    private Loader<List<NamedCertificate>> trusted() {
        return CertificateFile.at(
                "clients", folder, new KeyStoreOptions(StorePassword.of("storePassword", null), false));
    }

    private static List<String> labels(EntryTable entries) {
        return entries.stream().map(Entry::label).toList();
    }
}
