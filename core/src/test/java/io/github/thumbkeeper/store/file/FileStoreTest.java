/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.FileFormat;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.OutsideProgram;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileStoreTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    @TempDir
    Path dir;

    @Test
    @DisplayName("a file of 0 bytes is refused (row 33)")
    void refusesEmptyFile() throws Exception {
        assertRefused(Files.createFile(dir.resolve("clients.pem")), "is empty (0 bytes)");
    }

    @ParameterizedTest(name = "an emptied {0} keeps its entries in force (row 33)")
    @EnumSource(names = {"LIST", "PEM", "DER", "PKCS12", "JKS"})
    void keepsListWhenFileIsEmptied(FileFormat format) throws Exception {
        Path file = Files.write(dir.resolve(format.fileName()), format.write(Map.of("alice", ALICE), "changeit"));
        FileStore store = new FileStore(
                file.toString(),
                file,
                new KeyStoreOptions(StorePassword.of("storePassword", "changeit"), false),
                false,
                InstantSource.system());
        Loaded<EntryTable> first = store.load(null);
        Files.write(file, new byte[0]);

        assertThatThrownBy(() -> store.load(first))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("is empty (0 bytes)");
    }

    @Test
    @DisplayName("a directory, a missing file, a broken link and .. are refused (row 44)")
    void refusesOtherThanFiles() throws Exception {
        assertRefused(dir, "is a directory; expected a file");
        assertRefused(dir.resolve("none.pem"), "does not exist");
        assertRefused(
                Files.createSymbolicLink(dir.resolve("link.pem"), dir.resolve("none")),
                "is a symbolic link to a file that does not exist");
        ALICE.writePem(dir.resolve("alice.pem"));
        assertRefused(dir.resolve("../" + dir.getFileName() + "/alice.pem"), "has .. in its path");
    }

    @Test
    @Timeout(10)
    @EnabledOnOs(value = OS.LINUX, disabledReason = "needs the devices of Linux")
    @NeedsProgram
    @DisplayName("a device is refused, and a pipe does not block (row 44)")
    void refusesDevicesAndPipes() throws Exception {
        Path pipe = dir.resolve("pipe.pem");
        assertThat(new ProcessBuilder(OutsideProgram.MKFIFO.path(), pipe.toString())
                        .start()
                        .waitFor())
                .isZero();

        assertRefused(Path.of("/dev/zero"), "is a pipe, device or socket");
        assertRefused(pipe, "is a pipe, device or socket");
    }

    @Test
    @DisplayName("a file without permission is refused (row 44)")
    void refusesForbiddenFile() throws Exception {
        Path file = dir.resolve("alice.pem");
        ALICE.writePem(file);
        assumeTrue(Files.getFileStore(dir).supportsFileAttributeView("posix"), "needs the permissions of POSIX");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "needs a user who may not read every file; root may");

        assertRefused(file, "has no permission");
    }

    @Test
    @DisplayName("a file over the limit is refused before it is read (rows 38, 62)")
    void refusesHugeFile() throws Exception {
        Path file = dir.resolve("huge.pem");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.setLength((256L << 20) + 1);
        }

        assertRefused(file, "has 268435457 bytes; expected at most 268435456");
    }

    @Test
    void refusesUnknownKinds() throws Exception {
        assertRefused(Files.write(dir.resolve("a.bin"), new byte[] {1, 2, 3, 0}), "expected");
        assertRefused(Files.write(dir.resolve("a.zip"), new byte[] {'P', 'K', 3, 4}), "is an archive");
    }

    @Test
    @DisplayName("a half-written file is refused, and its next version is read (rows 60, 147)")
    void refusesHalfWrittenFile() throws Exception {
        Path file = dir.resolve("alice.pem");
        ALICE.writePem(file);
        FileStore store = store(file);
        Loaded<EntryTable> first = store.load(null);
        Files.writeString(file, BOB.pem().substring(0, 200));

        assertThatThrownBy(() -> store.load(first))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has no END line");
        BOB.writePem(file);

        assertThat(store.load(first).value())
                .extracting(it -> it.digest().toString())
                .containsExactly("sha256:" + BOB.sha256());
    }

    @Test
    void refusesTextThatIsNotAList() throws Exception {
        assertRefused(Files.writeString(dir.resolve("clients.txt"), "hello"), "is not a list of thumbprints");
    }

    @Test
    @DisplayName("a PEM file cut off in its leading text is not an empty list (row 60)")
    void refusesTextInPlaceOfCertificates() throws Exception {
        Path file = Files.writeString(dir.resolve("clients.pem"), "# our clients\n" + ALICE.pem());
        Loaded<EntryTable> first = store(file).load(null);
        Files.writeString(file, "# our clients\n");

        assertThatThrownBy(() -> store(file).load(first)).hasMessageContaining("is it half written?");
    }

    @Test
    void readsThumbprintList() throws Exception {
        Path file = Files.writeString(dir.resolve("clients.txt"), ALICE.sha256() + " label=alice\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        FileStore store = store(file);
        Loaded<EntryTable> first = store.load(null);
        assertThat(first.value()).extracting(Entry::label).containsExactly("alice");
        assertThat(first.warnings()).singleElement().asString().contains("is writable by every user");
        assertThat(store.load(first)).isSameAs(first);

        Files.writeString(file, "# nobody\n");

        assertThat(store.load(first).value()).isEmpty();
    }

    @Test
    void namesTheExpectedEncoding() throws Exception {
        assertRefused(
                Files.write(dir.resolve("alice.pem"), ALICE.pem().getBytes(java.nio.charset.StandardCharsets.UTF_16LE)),
                "UTF-16");
    }

    @Test
    void labelsPemByFileName() throws Exception {
        Path file = Files.writeString(dir.resolve("alice#2026.pem"), ALICE.pem() + BOB.pem());

        Loaded<EntryTable> contents = store(file).load(null);

        assertThat(contents.value()).extracting(Entry::label).containsExactly("alice", "alice");
        assertThat(contents.value())
                .extracting(it -> it.digest().toString())
                .containsExactly("sha256:" + ALICE.sha256(), "sha256:" + BOB.sha256());
        assertThat(contents.warnings()).isEmpty();
        assertThat(contents.failures()).isEmpty();
    }

    @Test
    void returnsPreviousResultIfUnchanged() throws Exception {
        Path file = dir.resolve("alice.pem");
        ALICE.writePem(file);
        FileStore store = store(file);
        Loaded<EntryTable> first = store.load(null);

        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(store.load(first)).isSameAs(first);
    }

    @Test
    @DisplayName("a swapped file of the same size and time is detected (row 148)")
    void detectsSwapOfSameSizeAndTime() throws Exception {
        Path file = Files.writeString(dir.resolve("alice.pem"), padded(ALICE.pem()));
        FileTime time = Files.getLastModifiedTime(file);
        FileStore store = store(file);
        Loaded<EntryTable> first = store.load(null);

        Path other = Files.writeString(dir.resolve("other"), padded(BOB.pem()));
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThat(store.load(first).value())
                .extracting(it -> it.digest().toString())
                .containsExactly("sha256:" + BOB.sha256());
    }

    @Test
    @DisplayName("expired certificates and CA certificates get a warning (row 39)")
    void warnsOfExpiredAndCaCertificates() throws Exception {
        TestCertificate old = TestCertificate.named("CN=old")
                .validUntil(Instant.now().minus(Duration.ofHours(1)))
                .build();
        Path file = Files.writeString(
                dir.resolve("old.pem"),
                old.pem() + TestCertificate.named("CN=ca").ca().build().pem());

        assertThat(store(file).load(null).warnings())
                .containsExactly(
                        "store [" + file + "] lists expired certificates: [old]",
                        "store [" + file
                                + "] lists certificates of authorities (CA:TRUE), each of which is itself admitted: [old]");
    }

    @Test
    @DisplayName("private keys and files that are writable by all get a warning (rows 46, 51)")
    void warnsOfKeysAndWorldWritableFiles() throws Exception {
        Path file = Files.writeString(dir.resolve("alice.pem"), ALICE.pem() + ALICE.privateKeyPem());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

        assertThat(store(file).load(null).warnings())
                .hasSize(2)
                .anyMatch(it -> it.contains("is writable by every user"))
                .anyMatch(it -> it.contains("private key; it was not read"));
    }

    @Test
    void followsSymbolicLinks() throws Exception {
        ALICE.writeDer(dir.resolve("v1"));
        Path link = Files.createSymbolicLink(dir.resolve("alice.pem"), dir.resolve("v1"));

        assertThat(store(link).load(null).value()).extracting(Entry::label).containsExactly("alice");
    }

    private static String padded(String pem) {
        return pem + "\n".repeat(2000 - pem.length());
    }

    private static void assertRefused(Path file, String why) {
        assertThatThrownBy(() -> store(file).load(null))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("store [" + file + "] ")
                .hasMessageContaining(why);
    }

    private static FileStore store(Path file) {
        return new FileStore(
                file.toString(),
                file,
                new KeyStoreOptions(StorePassword.of("storePassword", null), false),
                false,
                InstantSource.system());
    }
}
