/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks that every change of a folder counts at the next look, although an unchanged file is not read. */
class FolderChangesTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    /** All files have this size and time, so that only what the kernel records tells a change. */
    private static final int SIZE = 4096;

    private static final FileTime TIME = FileTime.from(Instant.parse("2026-01-01T00:00:00Z"));

    @TempDir
    Path dir;

    private Path folder;
    private Path elsewhere;
    private final FakeFileSystem files = new FakeFileSystem();
    private final AtomicLong ticker = new AtomicLong();

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(dir.resolve("clients"));
        elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
    }

    /** The real file system, which may give the attributes of an earlier time and another name of its kind. */
    private static final class FakeFileSystem implements FileSystemAccess {
        private final Map<List<Object>, Map<String, Object>> frozen = new HashMap<>();
        private boolean freezes;
        private boolean unix = true;
        private String type = "ext4";
        private int listings;
        private int questions;
        private IOException failure;

        @Override
        public DirectoryStream<Path> list(Path directory) throws IOException {
            listings++;
            if (failure != null) {
                throw failure;
            }
            return FileSystemAccess.super.list(directory);
        }

        @Override
        public boolean hasUnixAttributes(Path path) {
            return unix;
        }

        @Override
        public Map<String, Object> attributes(Path file, String names, LinkOption... options) throws IOException {
            questions++;
            List<Object> question = List.of(file, Arrays.asList(options));
            Map<String, Object> known = freezes ? frozen.get(question) : null;
            if (known == null) {
                known = FileSystemAccess.super.attributes(file, names, options);
                frozen.put(question, known);
            }
            return known;
        }

        @Override
        public String typeOf(Path file) throws IOException {
            if (type.isEmpty()) {
                throw new IOException("no such mount");
            }
            return type;
        }
    }

    /** A change of the folder. */
    private interface Change {
        void make(FolderChangesTest test) throws IOException;
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change(
                        "written in place, with the same size and within the same second",
                        test -> Files.write(test.folder.resolve("alice.pem"), padded(BOB))),
                change("written in place, and its time set back", test -> write(test.folder.resolve("alice.pem"), BOB)),
                change("replaced by a file of the same size and time", test -> {
                    Path copy = write(test.elsewhere.resolve("copy"), BOB);
                    Files.move(copy, test.folder.resolve("alice.pem"), StandardCopyOption.ATOMIC_MOVE);
                }),
                change("removed, and written again with the same size and time", test -> {
                    Files.delete(test.folder.resolve("alice.pem"));
                    write(test.folder.resolve("alice.pem"), BOB);
                }),
                change("replaced by a hard link to another file of the same size and time", test -> {
                    Path other = write(test.elsewhere.resolve("other"), BOB);
                    Files.delete(test.folder.resolve("alice.pem"));
                    Files.createLink(test.folder.resolve("alice.pem"), other);
                }),
                change("replaced by a symbolic link to another file", test -> {
                    Path other = write(test.elsewhere.resolve("other"), BOB);
                    Files.delete(test.folder.resolve("alice.pem"));
                    Files.createSymbolicLink(test.folder.resolve("alice.pem"), other);
                }),
                change("written through a mapping", test -> {
                    Path file = test.folder.resolve("alice.pem");
                    try (FileChannel channel =
                            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                        MappedByteBuffer mapped = channel.map(MapMode.READ_WRITE, 0, SIZE);
                        mapped.put(padded(BOB));
                        mapped.force();
                    }
                    Files.setLastModifiedTime(file, TIME);
                }));
    }

    private static Arguments change(String name, Change change) {
        return arguments(org.junit.jupiter.api.Named.of(name, change));
    }

    @ParameterizedTest(name = "a file that is {0}")
    @MethodSource("changes")
    void noticesAChangedFile(Change change) throws Exception {
        write(folder.resolve("alice.pem"), ALICE);
        Loaded<EntryTable> settled = settled();

        change.make(this);

        assertThat(listed(store(folder).load(settled))).as("a new reader").containsExactly(BOB.sha256());
        assertThat(listed(store.load(settled))).containsExactly(BOB.sha256());
    }

    @Test
    void noticesARemovedFile() throws Exception {
        write(folder.resolve("alice.pem"), ALICE);
        write(folder.resolve("bob.pem"), BOB);
        Loaded<EntryTable> settled = settled();

        Files.delete(folder.resolve("alice.pem"));

        assertThat(listed(store.load(settled))).containsExactly(BOB.sha256());
    }

    @Test
    void noticesARemovedAndAnAddedFile() throws Exception {
        write(folder.resolve("alice.pem"), ALICE);
        Loaded<EntryTable> settled = settled();

        Files.move(folder.resolve("alice.pem"), elsewhere.resolve("alice.pem"));
        write(folder.resolve("bob.pem"), BOB);

        assertThat(listed(store.load(settled))).containsExactly(BOB.sha256());
    }

    @Test
    @DisplayName("a certificate is dropped if its file gets a name that does not count")
    void noticesARenamedFile() throws Exception {
        write(folder.resolve("alice.pem"), ALICE);
        Loaded<EntryTable> settled = settled();

        Files.move(folder.resolve("alice.pem"), folder.resolve("alice.pem.bak"));

        assertThat(listed(store.load(settled))).isEmpty();
    }

    @ParameterizedTest(name = "a switched link {0}")
    @ValueSource(strings = {"..data", "above the folder", "in the folder"})
    void noticesASwitchedLink(String which) throws Exception {
        Path one = Files.createDirectory(folder.resolve("..1"));
        Path two = Files.createDirectory(folder.resolve("..2"));
        write(one.resolve("client.pem"), ALICE);
        write(two.resolve("client.pem"), BOB);
        Path above = dir.resolve("above");
        Path data = folder.resolve("..data");
        Path inside = folder.resolve("client.pem");
        boolean outer = which.equals("above the folder");
        Path link = outer ? above : which.equals("..data") ? data : inside;
        Files.createSymbolicLink(above, one);
        Files.createSymbolicLink(data, one);
        Files.createSymbolicLink(
                inside, which.equals("..data") ? data.resolve("client.pem") : one.resolve("client.pem"));
        store = store(outer ? above : folder);
        Loaded<EntryTable> settled = settled(store);
        assertThat(listed(settled)).containsExactly(ALICE.sha256());

        Path next =
                Files.createSymbolicLink(dir.resolve("next"), link.equals(inside) ? two.resolve("client.pem") : two);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);

        assertThat(listed(store.load(settled))).containsExactly(BOB.sha256());
    }

    @Test
    @DisplayName("a folder that may not be listed any more is unreadable, although its files are unchanged")
    void noticesALostPermissionOfTheFolder() throws Exception {
        write(folder.resolve("alice.pem"), ALICE);
        Loaded<EntryTable> settled = settled();
        files.failure = new AccessDeniedException(folder.toString());

        assertThatThrownBy(() -> store.load(settled))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("has no permission");
    }

    @Test
    @DisplayName("a removal next to a bad file counts, and so does the end of the bad file")
    void noticesARemovalNextToABadFile() throws Exception {
        write(folder.resolve("alice.pem"), ALICE);
        write(folder.resolve("bob.pem"), BOB);
        Files.writeString(folder.resolve("carol.pem"), "half");
        Loaded<EntryTable> bad = settled();
        assertThat(bad.failures()).hasSize(1);

        Files.delete(folder.resolve("alice.pem"));
        Loaded<EntryTable> removed = store.load(bad);
        assertThat(listed(removed)).containsExactly(BOB.sha256());
        assertThat(removed.failures()).hasSize(1);
        Files.delete(folder.resolve("carol.pem"));

        assertThat(store.load(removed).failures()).isEmpty();
    }

    @Test
    @DisplayName("a look at an unchanged folder is one listing and one question for each file, and reads no file")
    void readsNoUnchangedFile() throws Exception {
        for (int i = 0; i < 20; i++) {
            write(folder.resolve("client" + i + ".pem"), ALICE);
        }
        Loaded<EntryTable> settled = settled();
        files.freezes = true;
        for (int i = 0; i < 20; i++) {
            write(folder.resolve("client" + i + ".pem"), BOB);
        }
        files.listings = 0;
        files.questions = 0;

        assertThat(store.load(settled)).as("as the frozen attributes say").isSameAs(settled);
        assertThat(files.listings).isEqualTo(1);
        assertThat(files.questions).isEqualTo(20);
    }

    @Test
    @DisplayName("every hundredth look reads all files, whatever their attributes say")
    void readsEverythingAtTheHundredthLook() throws Exception {
        write(folder.resolve("alice.pem"), ALICE);
        Loaded<EntryTable> settled = settled();
        files.freezes = true;
        write(folder.resolve("alice.pem"), BOB);

        int looks = 0;
        Loaded<EntryTable> now = settled;
        while (listed(now).contains(ALICE.sha256())) {
            looks++;
            now = store.load(settled);
        }

        assertThat(looks).isEqualTo(DirectoryReader.LOOKS_PER_FULL_READING - LOOKS_UNTIL_SETTLED);
    }

    @Test
    @DisplayName("a file that has just been written is read, though its time and size do not show a second change")
    void readsAFileThatIsRacilyClean() throws Exception {
        write(folder.resolve("alice.pem"), ALICE);
        files.freezes = true;
        Loaded<EntryTable> first = store().load(null);
        pass(Duration.ofMillis(2500));
        assertThat(store.load(first)).isSameAs(first);
        write(folder.resolve("alice.pem"), BOB);
        pass(Duration.ofMillis(400));

        assertThat(listed(store.load(first))).containsExactly(BOB.sha256());
    }

    @Test
    @DisplayName("one reading is not enough: a link may have been switched there and back meanwhile")
    void readsTwice() throws Exception {
        write(folder.resolve("alice.pem"), ALICE);
        files.freezes = true;
        Loaded<EntryTable> first = store().load(null);
        write(folder.resolve("alice.pem"), BOB);
        pass(Duration.ofHours(1));

        Loaded<EntryTable> second = store.load(first);
        assertThat(listed(second)).containsExactly(BOB.sha256());
        write(folder.resolve("alice.pem"), ALICE);
        pass(Duration.ofHours(1));
        Loaded<EntryTable> third = store.load(second);
        assertThat(listed(third)).containsExactly(ALICE.sha256());
        pass(Duration.ofHours(1));
        assertThat(store.load(third)).isSameAs(third);

        write(folder.resolve("alice.pem"), BOB);
        assertThat(store.load(third)).as("settled now").isSameAs(third);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "no unix attributes",
                "nfs4",
                "cifs",
                "fuse.sshfs",
                "9p",
                "overlay",
                "ext4, read-only",
                "a new kind",
                ""
            })
    @DisplayName("where the attributes are not believed, every file is read at every look")
    void readsEverythingElsewhere(String kind) throws Exception {
        files.unix = !kind.equals("no unix attributes");
        files.type = files.unix ? kind : "ext4";
        write(folder.resolve("alice.pem"), ALICE);
        Loaded<EntryTable> settled = settled();
        files.freezes = true;
        write(folder.resolve("alice.pem"), BOB);

        assertThat(listed(store.load(settled))).containsExactly(BOB.sha256());
    }

    @Test
    @DisplayName("a key without a certificate is not read again, and a certificate that replaces it counts")
    void noticesACertificateInPlaceOfAKey() throws Exception {
        write(folder.resolve("alice.pem"), ALICE);
        Files.writeString(folder.resolve("bob.pem"), BOB.privateKeyPem());
        Loaded<EntryTable> settled = settled();
        files.listings = 0;
        assertThat(store.load(settled)).isSameAs(settled);
        assertThat(files.listings).isEqualTo(1);

        write(folder.resolve("bob.pem"), BOB);

        assertThat(listed(store.load(settled))).containsExactlyInAnyOrder(ALICE.sha256(), BOB.sha256());
    }

    @Test
    @DisplayName("a list that is added disables a certificate whose file is unchanged, by its SHA-1")
    void readsAgainForAList() throws Exception {
        write(folder.resolve("alice.pem"), ALICE);
        Loaded<EntryTable> settled = settled();

        Files.writeString(folder.resolve("clients.list"), "sha1:" + ALICE.sha1() + " disabled\n");

        assertThat(store.load(settled).value()).singleElement().matches(entry -> entry.disabled());
    }

    @ParameterizedTest(name = "a single file that is {0}")
    @MethodSource("changes")
    void noticesAChangedSingleFile(Change change) throws Exception {
        Path file = write(folder.resolve("alice.pem"), ALICE);
        CertificateFile single = single(file);
        Loaded<List<NamedCertificate>> settled = settled(single);

        change.make(this);

        assertThat(single.load(settled).value())
                .extracting(NamedCertificate::certificate)
                .containsExactly(BOB.certificate());
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged result is the same object
    @Test
    @DisplayName(
            "a single file that is unchanged is one question, except at the hundredth look or where that is not believed")
    void readsNoUnchangedSingleFile() throws Exception {
        Path file = write(folder.resolve("alice.pem"), ALICE);
        CertificateFile single = single(file);
        Loaded<List<NamedCertificate>> settled = settled(single);
        files.freezes = true;
        write(file, BOB);
        files.questions = 0;

        assertThat(single.load(settled)).as("as the frozen attributes say").isSameAs(settled);
        assertThat(files.questions).isEqualTo(1);
        files.type = "nfs4";
        assertThat(single.load(settled)).isNotSameAs(settled);
        files.type = "ext4";
        assertThat(single.load(settled)).as("has made something else of it").isNotSameAs(settled);

        write(file, ALICE);
        Loaded<List<NamedCertificate>> again = settled(single);
        write(file, BOB);
        boolean same = true;
        int looks = 0;
        while (same) {
            looks++;
            same = single.load(again) == again;
        }
        assertThat(looks).isBetween(50, DirectoryReader.LOOKS_PER_FULL_READING);
    }

    @Test
    @DisplayName("a single file that could not be read at the hundredth look is read at the next one")
    void readsASingleFileAgainAfterAFailure() throws Exception {
        Path file = write(folder.resolve("alice.pem"), ALICE);
        CertificateFile single = single(file);
        Loaded<List<NamedCertificate>> settled = settled(single);
        files.freezes = true;
        Files.writeString(file, "half of a certificate");
        int looks = 0;
        boolean failed = false;
        while (!failed && looks++ < DirectoryReader.LOOKS_PER_FULL_READING) {
            try {
                single.load(settled);
            } catch (StoreException e) {
                failed = true;
            }
        }
        assertThat(failed).isTrue();

        write(file, BOB);
        assertThat(single.load(settled).value())
                .extracting(NamedCertificate::certificate)
                .containsExactly(BOB.certificate());
    }

    private CertificateFile single(Path file) {
        return new CertificateFile(
                "alice.pem",
                file,
                new KeyStoreOptions(StorePassword.of("storePassword", null), false),
                new FileWatch(file, files, ticker::get));
    }

    private static final int LOOKS_UNTIL_SETTLED = 2;

    private DirectoryStore store;

    private DirectoryStore store() {
        store = store(folder);
        return store;
    }

    private DirectoryStore store(Path path) {
        return new DirectoryStore("clients", path, false, InstantSource.system(), files, ticker::get);
    }

    private Loaded<EntryTable> settled() throws StoreException {
        return settled(store());
    }

    /** Reads twice, with enough time between. */
    private <V> Loaded<V> settled(Loader<V> from) throws StoreException {
        Loaded<V> first = from.load(null);
        pass(Duration.ofHours(1));
        assertThat(from.load(first)).isSameAs(first);
        return first;
    }

    private void pass(Duration time) {
        ticker.addAndGet(time.toNanos());
    }

    private static List<String> listed(Loaded<EntryTable> loaded) {
        return loaded.value().stream()
                .map(entry -> entry.digest().toString().substring("sha256:".length()))
                .toList();
    }

    private static Path write(Path file, TestCertificate certificate) throws IOException {
        Files.write(file, padded(certificate));
        return Files.setLastModifiedTime(file, TIME);
    }

    private static byte[] padded(TestCertificate certificate) {
        byte[] pem = certificate.pem().getBytes(US_ASCII);
        byte[] padded = Arrays.copyOf(pem, SIZE);
        Arrays.fill(padded, pem.length, SIZE, (byte) '\n');
        return padded;
    }
}
