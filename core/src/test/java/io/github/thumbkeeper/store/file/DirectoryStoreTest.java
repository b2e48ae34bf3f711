/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryStoreTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate CAROL =
            TestCertificate.named("CN=carol").build();

    @TempDir
    Path dir;

    private Path clients;
    private DirectoryStore store;

    @BeforeEach
    void makeDirectory() throws Exception {
        clients = Files.createDirectory(dir.resolve("clients"));
        store = DirectoryStore.ofEntries(clients.toString(), clients, false, InstantSource.system());
    }

    @Test
    @DisplayName("the first load reports all bad files at once (row 63)")
    void refusesAnyBadFileAtTheFirstLoad() throws Exception {
        ALICE.writePem(clients.resolve("alice.pem"));
        Files.writeString(clients.resolve("empty.pem"), "");
        Files.writeString(clients.resolve("text.crt"), "sha256:00");
        TestKeyStores.writeTrusted(clients.resolve("store.der"), "PKCS12", "changeit", Map.of());

        assertThat(failures(store.load(null)))
                .satisfiesExactly(
                        it -> assertThat(it).isEqualTo("store [" + clients + "/empty.pem] is empty (0 bytes)"),
                        it -> assertThat(it)
                                .endsWith(
                                        "/store.der] looks like a PKCS12 key store; expected PEM or DER in a directory"),
                        it -> assertThat(it).contains("/text.crt] holds no certificate"));
    }

    @Test
    @DisplayName("a missing directory is unreadable, not empty (row 64)")
    void refusesMissingDirectoryAndRecovers() throws Exception {
        ALICE.writePem(clients.resolve("alice.pem"));
        Loaded<EntryTable> first = store.load(null);
        Files.move(clients, dir.resolve("moved"));

        assertThatThrownBy(() -> store.load(first)).hasMessage("store [" + clients + "] does not exist");
        assertThatThrownBy(() -> store.load(null)).hasMessage("store [" + clients + "] does not exist");
        Files.move(dir.resolve("moved"), clients);

        assertThat(store.load(first)).isSameAs(first);
    }

    @Test
    void refusesFileInPlaceOfDirectory() throws Exception {
        Path file = Files.writeString(dir.resolve("file"), "");

        assertThatThrownBy(() -> DirectoryStore.ofEntries("f", file, false, InstantSource.system())
                        .load(null))
                .hasMessage("store [f] is no longer a directory");
    }

    @Test
    @DisplayName("a file that turns bad keeps its last entries, the others' changes count (row 63)")
    void keepsLastGoodOfEachFile() throws Exception {
        ALICE.writePem(clients.resolve("alice.pem"));
        BOB.writePem(clients.resolve("bob.pem"));
        Loaded<EntryTable> first = store.load(null);

        Files.writeString(clients.resolve("alice.pem"), ALICE.pem().substring(0, 100));
        Files.delete(clients.resolve("bob.pem"));
        CAROL.writeDer(clients.resolve("carol.cer"));
        Files.writeString(clients.resolve("new.pem"), "bad");
        Loaded<EntryTable> second = store.load(first);

        assertThat(labels(second)).containsOnly(Map.entry("alice", ALICE.sha256()), Map.entry("carol", CAROL.sha256()));
        assertThat(second.failures())
                .extracting(Throwable::getMessage)
                .satisfiesExactly(
                        it -> assertThat(it).contains("/alice.pem] ").contains("has no END line"),
                        it -> assertThat(it).contains("/new.pem] holds no certificate"));
        assertThat(store.load(second)).isSameAs(second);
    }

    @Test
    void forgetsFailureOfRemovedOrRepairedFile() throws Exception {
        ALICE.writePem(clients.resolve("alice.pem"));
        BOB.writePem(clients.resolve("bob.pem"));
        Loaded<EntryTable> first = store.load(null);
        Files.writeString(clients.resolve("alice.pem"), "bad");
        Files.writeString(clients.resolve("bob.pem"), "bad");
        Loaded<EntryTable> broken = store.load(first);
        assertThat(broken.failures()).hasSize(2);

        CAROL.writePem(clients.resolve("alice.pem"));
        Files.delete(clients.resolve("bob.pem"));
        Loaded<EntryTable> repaired = store.load(broken);

        assertThat(repaired.failures()).isEmpty();
        assertThat(labels(repaired)).containsOnly(Map.entry("alice", CAROL.sha256()));
    }

    @Test
    @DisplayName("hidden, backup and half-copied files and directories are ignored (rows 59, 65)")
    void ignoresOtherFiles() throws Exception {
        ALICE.writePem(clients.resolve("alice.PEM"));
        for (String name : new String[] {
            ".hidden.pem", "..data.pem", "bob.pem~", "bob.pem.swp", "bob.pem.tmp", ".pem", "README.txt", "bob"
        }) {
            Files.writeString(clients.resolve(name), "not a certificate");
        }
        Files.createDirectory(clients.resolve("sub.pem"));
        Files.createSymbolicLink(clients.resolve("loop"), clients);

        assertThat(labels(store.load(null))).containsOnlyKeys("alice");
    }

    @Test
    @DisplayName("certificate requests and CRLs in DER are bad files (row 61)")
    void refusesOtherDer() throws Exception {
        TestCertificate issuer = TestCertificate.named("CN=issuer").ec().build();
        X500Name name = new X500Name("CN=issuer");
        ContentSigner signer = new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.privateKey());
        SubjectPublicKeyInfo key = SubjectPublicKeyInfo.getInstance(
                issuer.certificate().getPublicKey().getEncoded());
        Files.write(
                clients.resolve("request.der"),
                new PKCS10CertificationRequestBuilder(name, key).build(signer).getEncoded());
        Files.write(
                clients.resolve("revoked.crt"),
                new X509v2CRLBuilder(name, new Date(0)).build(signer).getEncoded());

        assertThat(failures(store.load(null)))
                .satisfiesExactly(
                        it -> assertThat(it)
                                .contains(
                                        "/request.der] is not an X.509 certificate in DER, but a certificate signing request"),
                        it -> assertThat(it)
                                .contains(
                                        "/revoked.crt] is not an X.509 certificate in DER, but a certificate revocation")
                                .endsWith("name it in crl"));
    }

    @Test
    @DisplayName("a directory that is writable by all gets a warning (row 46)")
    void warnsOfWorldWritableDirectory() throws Exception {
        ALICE.writePem(clients.resolve("alice.pem"));
        Files.setPosixFilePermissions(clients, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(store.load(null).warnings())
                .containsExactly("store [" + clients + "] is writable by every user of this machine");
    }

    @Test
    @DisplayName("a symbolic link to itself is a bad file (row 65)")
    void refusesLinkToItself() throws Exception {
        Files.createSymbolicLink(clients.resolve("a.pem"), clients.resolve("b.pem"));
        Files.createSymbolicLink(clients.resolve("b.pem"), clients.resolve("a.pem"));

        assertThat(failures(store.load(null))).hasSize(2);
    }

    @Test
    void escapesFileNamesForTheLog() throws Exception {
        Files.writeString(clients.resolve("a\nWARNING b.pem"), "bad");

        assertThat(failures(store.load(null))).singleElement().asString().contains("/a\\u000AWARNING b.pem]");
    }

    @Test
    void cutsLabelsAtTheHash() throws Exception {
        ALICE.writePem(clients.resolve("alice#2026.pem"));
        BOB.writePem(clients.resolve("bob.smith.pem"));
        CAROL.writePem(clients.resolve("#.pem"));

        assertThat(store.load(null).value()).extracting(Entry::label).containsExactly(null, "alice", "bob.smith");
    }

    @Test
    void readsEmptyDirectory() throws Exception {
        assertThat(store.load(null).value()).isEmpty();
        ALICE.writePem(clients.resolve("alice.pem"));
        Loaded<EntryTable> first = store.load(null);
        Files.delete(clients.resolve("alice.pem"));

        assertThat(store.load(first).value()).isEmpty();
    }

    @Test
    void returnsPreviousResultIfUnchanged() throws Exception {
        ALICE.writePem(clients.resolve("alice.pem"));
        Loaded<EntryTable> first = store.load(null);

        Files.writeString(clients.resolve(".alice.pem.swp"), "hello");

        assertThat(store.load(first)).isSameAs(first);
    }

    @Test
    @DisplayName("the switch of a ..data link, as Kubernetes does it, is followed (row 59)")
    void followsKubernetesSwitch() throws Exception {
        Path one = Files.createDirectory(clients.resolve("..2026_01"));
        Path two = Files.createDirectory(clients.resolve("..2026_02"));
        ALICE.writePem(one.resolve("client.pem"));
        BOB.writePem(two.resolve("client.pem"));
        Files.createSymbolicLink(clients.resolve("..data"), Path.of("..2026_01"));
        Files.createSymbolicLink(clients.resolve("client.pem"), Path.of("..data/client.pem"));
        Loaded<EntryTable> first = store.load(null);
        assertThat(labels(first)).containsOnly(Map.entry("client", ALICE.sha256()));

        Files.createSymbolicLink(clients.resolve("..data_tmp"), Path.of("..2026_02"));
        Files.move(clients.resolve("..data_tmp"), clients.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);

        assertThat(labels(store.load(first))).containsOnly(Map.entry("client", BOB.sha256()));
    }

    @Test
    @DisplayName("a switch during a read yields the new set, not a mixture (row 60)")
    void readsAgainAfterASwitch() throws Exception {
        Path one = Files.createDirectory(clients.resolve("..1"));
        Path two = Files.createDirectory(clients.resolve("..2"));
        for (String name : new String[] {"a.pem", "b.pem"}) {
            ALICE.writePem(one.resolve(name));
            BOB.writePem(two.resolve(name));
            Files.createSymbolicLink(clients.resolve(name), Path.of("..data").resolve(name));
        }
        Files.createSymbolicLink(clients.resolve("..data"), Path.of("..1"));
        DirectoryReader<String> reader = reader(() -> switchTo("..2"));

        assertThat(reader.scan(new DirectoryReader.Scan<>()).parts().values())
                .extracting(Loaded::state)
                .containsOnly(new StoreFile("b", two.resolve("b.pem")).hash());
    }

    @Test
    void refusesDirectoryThatAlwaysChanges() throws Exception {
        ALICE.writePem(clients.resolve("alice.pem"));
        int[] count = {0};
        DirectoryReader<String> reader = reader(() -> BOB.writePem(clients.resolve("bob" + count[0]++ + ".pem")));

        assertThatThrownBy(() -> reader.scan(new DirectoryReader.Scan<>()))
                .isInstanceOf(StoreException.class)
                .hasMessage("store [clients] changed while it was read, 3 times");
    }

    @Test
    @DisplayName("ten thousand files are read at once (row 58)")
    void readsManyFiles() throws Exception {
        for (int i = 0; i < 10_000; i++) {
            ALICE.writePem(clients.resolve("client" + i + ".pem"));
        }

        Loaded<EntryTable> read = store.load(null);

        assertThat(labels(read)).containsOnly(Map.entry("client0", ALICE.sha256()));
        assertThat(read.warnings()).singleElement().asString().contains(" and 9995 more files; it counts once");
    }

    private DirectoryReader<String> reader(Runnable meanwhile) {
        return new DirectoryReader<>(
                "clients",
                clients,
                (file, content, hasLists) -> {
                    meanwhile.run();
                    return new DirectoryReader.Value<>("", List.of());
                },
                FileNames.CERTIFICATES);
    }

    private void switchTo(String target) {
        try {
            Path link = clients.resolve("..data");
            if (!Files.readSymbolicLink(link).equals(Path.of(target))) {
                Files.delete(link);
                Files.createSymbolicLink(link, Path.of(target));
            }
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static List<String> failures(Loaded<EntryTable> loaded) {
        return loaded.failures().stream().map(Throwable::getMessage).toList();
    }

    private static Map<String, String> labels(Loaded<EntryTable> contents) {
        Map<String, String> labels = new TreeMap<>();
        contents.value()
                .forEach(it -> labels.put(it.label(), it.digest().toString().substring("sha256:".length())));
        return labels;
    }
}
