/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.IssuerAndSerial;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.DirectoryStore;
import io.github.thumbkeeper.store.write.EntryChange.Add;
import io.github.thumbkeeper.store.write.EntryChange.Deny;
import io.github.thumbkeeper.store.write.EntryChange.Disable;
import io.github.thumbkeeper.store.write.EntryChange.Remove;
import io.github.thumbkeeper.store.write.EntryChange.Rename;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a writer does with the files of a folder; the contract of all writers is tested elsewhere. */
class FolderWriterTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    private Path root;

    private final CapturedLog log = new CapturedLog();
    private Path folder;

    @BeforeEach
    void create() throws Exception {
        folder = Files.createDirectory(root.resolve("clients"));
    }

    @AfterEach
    void releaseLog() {
        log.close();
    }

    private EntryWriter open() throws StoreException {
        return DirectoryEntryWriter.open("conf/clients", folder, CLOCK, SHORT, WritePoint.NONE);
    }

    private static WriteResult apply(EntryWriter writer, EntryChange... changes) throws StoreException {
        return writer.apply(writer.read().version(), "carol", List.of(changes));
    }

    private static void applied(EntryWriter writer, EntryChange... changes) throws StoreException {
        assertThat(apply(writer, changes)).isInstanceOf(WriteResult.Applied.class);
    }

    private static CertificateDigest digest(TestCertificate certificate) {
        return Thumbprint.ofEncoded(certificate.der(), DigestAlgorithm.SHA256);
    }

    private static CertificateDigest digest(String seed) {
        return Thumbprint.ofEncoded(seed.getBytes(StandardCharsets.UTF_8), DigestAlgorithm.SHA256);
    }

    private Set<Entry> gate(Path place, boolean denying) throws StoreException {
        Loaded<EntryTable> loaded =
                DirectoryStore.ofEntries("conf/clients", place, denying, CLOCK).load(null);
        assertThat(loaded.failures()).isEmpty();
        assertThat(loaded.warnings()).noneMatch(warning -> warning.contains("is ignored"));
        return loaded.value().stream().collect(Collectors.toSet());
    }

    private List<String> names() throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private List<String> list() throws Exception {
        return Files.readAllLines(folder.resolve("clients.list"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "file", "clients/../clients"})
    void refusesPlaceThatIsNoFolder(String name) throws Exception {
        Files.writeString(root.resolve("file"), "x");

        assertThatThrownBy(() -> DirectoryEntryWriter.open("conf/clients", root.resolve(name), CLOCK))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("store [conf/clients] ");
    }

    @Test
    @DisplayName("a folder that cannot be written to is refused when it is opened, also for root")
    void refusesReadOnlyFolder() {
        assertThatThrownBy(() -> DirectoryEntryWriter.open("conf/clients", Path.of("/proc/self/fdinfo"), CLOCK))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot be written to: its lock file [.clients.lock] cannot be opened");
    }

    @Test
    void refusesFolderThatGateWouldRefuse() throws Exception {
        Files.writeString(folder.resolve("alice.pem"), "hello\n");

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("conf/clients/alice.pem")
                .hasMessageNotContaining("hello");
    }

    @Test
    void refusesListThatIsSymbolicLink() throws Exception {
        Path target = Files.writeString(root.resolve("target"), digest("x") + "\n");
        Files.createSymbolicLink(folder.resolve("clients.list"), target);

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("conf/clients/clients.list")
                .hasMessageContaining("is a symbolic link");
    }

    @Test
    void refusesFolderOfDeniedCertificatesThatIsSymbolicLink() throws Exception {
        Files.createSymbolicLink(folder.resolve(".denied"), Files.createDirectory(root.resolve("elsewhere")));

        assertThatThrownBy(this::open)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("conf/clients/.denied")
                .hasMessageContaining("is a file or a symbolic link");
    }

    @ParameterizedTest
    @ValueSource(strings = {".clients.lock", ".clients.history", ".clients.tmp"})
    void followsNoSymbolicLinkOfItsOwnFiles(String name) throws Exception {
        Path target = Files.writeString(root.resolve("target"), "kept");
        Files.createSymbolicLink(folder.resolve(name), target);

        try {
            apply(open(), new Add(digest("x"), "x"));
        } catch (StoreException e) {
            assertThat(e).hasMessageContaining("conf/clients");
        }

        assertThat(target).hasContent("kept");
    }

    @Test
    void refusesSecondWriterWhileOtherProcessHasLock() throws Exception {
        EntryWriter writer = open();
        EntrySnapshot seen = writer.read();

        try (FileChannel other = FileChannel.open(folder.resolve(".clients.lock"), StandardOpenOption.WRITE)) {
            other.lock();

            assertThatThrownBy(() -> writer.apply(seen.version(), "carol", List.of(new Add(digest("x"), "x"))))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("is locked by another writer");
        }
        assertThat(writer.read()).isEqualTo(seen);
        applied(writer, new Add(digest("x"), "x"));
    }

    @Test
    @DisplayName("one certificate is a file named after its label and thumbprint, and a line")
    void writesFileAndLine() throws Exception {
        EntryWriter writer = open();

        applied(writer, new Add(ALICE.certificate(), "Alice A." + "x"));

        String file = "Alice A.x#" + ALICE.sha256().substring(0, 16) + ".pem";
        assertThat(names()).containsExactly(".clients.history", ".clients.lock", file, "clients.list");
        assertThat(folder.resolve(file)).hasContent(ALICE.pem());
        assertThat(list())
                .satisfiesExactly(
                        comment -> assertThat(comment).startsWith("# "),
                        line -> assertThat(line).isEqualTo("sha256:" + ALICE.sha256() + " label=\"Alice A.x\""));
        applied(writer, new Rename(digest(ALICE), "alice"));
        assertThat(names())
                .contains("alice#" + ALICE.sha256().substring(0, 16) + ".pem")
                .doesNotContain(file);
        applied(writer, new Remove(digest(ALICE)));
        assertThat(names()).containsExactly(".clients.history", ".clients.lock", "clients.list");
        assertThat(gate(folder, false)).isEmpty();
    }

    @Test
    @DisplayName("the certificate of a denied entry moves to a folder that the setting deny can name")
    void movesDeniedCertificate() throws Exception {
        EntryWriter writer = open();
        applied(writer, new Add(ALICE.certificate(), "alice"));

        applied(writer, new Deny(digest(ALICE), "laptop stolen"));

        assertThat(names())
                .containsExactly(
                        ".clients.history",
                        ".clients.lock",
                        ".denied/alice#" + ALICE.sha256().substring(0, 16) + ".pem",
                        "clients.list");
        assertThat(list()).anyMatch(line -> line.endsWith(" label=\"alice\" disabled # denied: laptop stolen"));
        assertThat(gate(folder.resolve(".denied"), true))
                .extracting(Entry::digest)
                .containsExactlyInAnyOrder(digest(ALICE), IssuerAndSerial.of(ALICE.certificate()));
        applied(writer, new EntryChange.Enable(digest(ALICE)));
        assertThat(names())
                .contains("alice#" + ALICE.sha256().substring(0, 16) + ".pem")
                .noneMatch(name -> name.startsWith(".denied"));
    }

    @Test
    @DisplayName("the file of another certificate with a denied key neither admits it nor spoils the folder")
    void deniesCertificateThatIsAddedByHand() throws Exception {
        TestCertificate other =
                TestCertificate.named("CN=other").key(ALICE.keyPair()).build();
        EntryWriter writer = open();
        applied(writer, new Add(ALICE.certificate(), "alice"));
        applied(writer, new Deny(digest(ALICE), "laptop stolen"), new Remove(digest(ALICE)));

        other.writePem(folder.resolve("other.pem"));

        assertThat(gate(folder, false)).hasSize(2).allMatch(Entry::disabled);
        assertThat(writer.read().entries()).hasSize(2).allMatch(ListedEntry::isDenied);
    }

    @Test
    @DisplayName("what was written by hand stays: comments, order, other lines, files and line endings")
    void keepsWhatWasWrittenByHand() throws Exception {
        ALICE.writePem(folder.resolve("alice#2026.pem"));
        Files.writeString(
                folder.resolve("clients.list"),
                "# first\r\n\n" + ALICE.sha1() + " roles=r\n  " + digest("x") + " label=x   # who\r\n" + digest("y")
                        + " label=y\n# last\n");
        EntryWriter writer = open();
        assertThat(writer.read().entries())
                .hasSize(3)
                .anyMatch(entry -> ALICE.certificate().equals(entry.certificate()));

        applied(writer, new Disable(digest(ALICE)), new Remove(digest("y")), new Add(digest("z"), "z"));

        assertThat(Files.readString(folder.resolve("clients.list")))
                .isEqualTo("# first\r\n\nsha256:" + ALICE.sha256() + " label=\"alice\" roles=r disabled\n  "
                        + digest("x") + " label=x   # who\r\n# last\n" + digest("z") + " label=\"z\"\n");
        assertThat(names()).contains("alice#2026.pem");
        applied(writer, new Remove(digest(ALICE)));
        assertThat(names()).doesNotContain("alice#2026.pem");
    }

    @Test
    void keepsPermissionsOfList() throws Exception {
        EntryWriter writer = open();
        applied(writer, new Add(digest("x"), "x"));
        Files.setPosixFilePermissions(folder.resolve("clients.list"), PosixFilePermissions.fromString("rw-r-----"));

        applied(writer, new Add(digest("y"), "y"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("clients.list"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void refusesToDeleteFileWithMoreThanOneCertificate() throws Exception {
        Files.writeString(folder.resolve("both.pem"), ALICE.pem() + BOB.pem());
        Files.writeString(folder.resolve("key.pem"), TestCertificateWithKey.PEM);
        EntryWriter writer = open();
        CertificateDigest withKey = digest(TestCertificateWithKey.CERTIFICATE);

        assertThat(problems(apply(writer, new Remove(digest(ALICE)), new Deny(withKey, "why"))))
                .satisfiesExactlyInAnyOrder(
                        one -> assertThat(one).contains("[both.pem] with other certificates"),
                        two -> assertThat(two).contains("[key.pem], which is a symbolic link or has a private key"));
        applied(writer, new Disable(digest(ALICE)), new Disable(withKey));
        assertThat(gate(folder, false)).filteredOn(Entry::disabled).hasSize(2);
        assertThat(names()).contains("both.pem", "key.pem");
    }

    /** A certificate in a file with its key. */
    private static final class TestCertificateWithKey {
        static final TestCertificate CERTIFICATE =
                TestCertificate.named("CN=key").build();
        static final String PEM = CERTIFICATE.pem() + CERTIFICATE.privateKeyPem();
    }

    private static List<String> problems(WriteResult result) {
        assertThat(result).isInstanceOf(WriteResult.Rejected.class);
        return ((WriteResult.Rejected) result).problems();
    }

    @Test
    void refusesEntryOfOtherList() throws Exception {
        Files.writeString(folder.resolve("other.list"), digest("x") + " label=x\n");
        EntryWriter writer = open();

        assertThat(problems(apply(writer, new Disable(digest("x")))))
                .singleElement()
                .asString()
                .contains("[x] is in a list other than clients.list");
    }

    @Test
    @DisplayName(
            "a pin that lists a certificate of the folder too keeps its certificate from being changed apart from it")
    void refusesToSeparateCertificateFromItsPin() throws Exception {
        ALICE.writePem(folder.resolve("alice.pem"));
        Files.writeString(
                folder.resolve("clients.list"), PublicKeyPin.of(ALICE.certificate()) + " label=alice roles=r\n");
        EntryWriter writer = open();

        assertThat(problems(apply(writer, new Disable(digest(ALICE)))))
                .singleElement()
                .asString()
                .contains("is also matched by [alice]");
        applied(writer, new Deny(digest(ALICE), "why"));
        assertThat(gate(folder, false)).hasSize(2).allMatch(Entry::disabled);
    }

    @Test
    @DisplayName("a torn last line of the history is ended, and skipped")
    void survivesTornHistory() throws Exception {
        EntryWriter writer = open();
        applied(writer, new Add(digest("x"), "x"));
        String line = Files.readString(folder.resolve(".clients.history"));
        Files.writeString(
                folder.resolve(".clients.history"), line.substring(0, line.length() / 2), StandardOpenOption.APPEND);

        applied(writer, new Add(digest("y"), "y"));

        assertThat(writer.history(Long.MAX_VALUE, 10).records())
                .extracting(HistoryRecord::number)
                .containsExactly(2L, 1L);
        assertThat(Files.readString(folder.resolve(".clients.history"))).startsWith(line);
    }

    @Test
    @DisplayName("a change that was interrupted is dropped if the list was changed by hand since, and admits no client")
    void dropsInterruptedChangeOfOtherList() throws Exception {
        applied(open(), new Add(digest("x"), "x"));
        EntryWriter interrupted = DirectoryEntryWriter.open("conf/clients", folder, CLOCK, SHORT, step -> {
            if (step.equals("journal durable")) {
                throw new IllegalStateException("interrupted");
            }
        });
        assertThatThrownBy(() -> apply(interrupted, new Add(ALICE.certificate(), "alice")))
                .isInstanceOf(IllegalStateException.class);
        Files.writeString(folder.resolve("clients.list"), digest("by hand") + " label=hand\n");

        assertThat(open().read().entries()).extracting(ListedEntry::label).containsExactly("hand");

        assertThat(log.lines()).anyMatch(line -> line.contains("has dropped a change that was interrupted"));
        assertThat(names())
                .containsExactly(".clients.history", ".clients.journal.dropped", ".clients.lock", "clients.list");
    }

    /** Opens a writer that stops with an exception at a point. */
    private EntryWriter interruptedAt(String point) throws StoreException {
        return DirectoryEntryWriter.open("conf/clients", folder, CLOCK, SHORT, step -> {
            if (step.equals(point)) {
                throw new IllegalStateException("interrupted");
            }
        });
    }

    private void interrupt(String point, EntryChange... changes) throws StoreException {
        EntryWriter interrupted = interruptedAt(point);
        assertThatThrownBy(() -> apply(interrupted, changes)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("a change that was dropped after it had come into force is in the history")
    void recordsDroppedChangeThatIsInForce() throws Exception {
        applied(open(), new Add(digest("x"), "x"));
        interrupt("list durable", new Add(ALICE.certificate(), "alice"));
        Files.writeString(
                folder.resolve("clients.list"), digest("by hand") + " label=hand\n", StandardOpenOption.APPEND);

        EntryWriter writer = open();

        assertThat(writer.read().entries())
                .extracting(ListedEntry::label)
                .containsExactlyInAnyOrder("x", "alice", "hand");
        assertThat(writer.history(Long.MAX_VALUE, 10).records())
                .extracting(
                        HistoryRecord::number, record -> record.steps().get(0).name())
                .containsExactly(tuple(2L, "alice"), tuple(1L, "x"));
        assertThat(names()).contains(".clients.journal.dropped").doesNotContain(".clients.journal");
        assertThat(log.lines()).anyMatch(line -> line.contains("the history has it"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal durable", "temporary file written for clients.list"})
    @DisplayName("a change of the list by hand while a writer works is kept, and the writer reports a conflict")
    void keepsChangeByHandDuringWrite(String point) throws Exception {
        EntryWriter first = open();
        applied(first, new Add(ALICE.certificate(), "alice"), new Add(BOB.certificate(), "bob"));
        List<String> before = names();
        List<String> seen = new ArrayList<>();
        EntryWriter writer = DirectoryEntryWriter.open("conf/clients", folder, CLOCK, SHORT, step -> {
            if (step.equals(point)) {
                seen.add(step);
                append(digest("by hand") + " label=hand\n");
            }
        });

        WriteResult result = apply(writer, new Remove(digest(ALICE)), new Deny(digest(BOB), "why"));

        assertThat(seen).hasSize(1);
        assertThat(result)
                .isInstanceOfSatisfying(
                        WriteResult.Conflict.class,
                        conflict -> assertThat(conflict.difference().added()).containsExactly("hand"));
        assertThat(names()).isEqualTo(before);
        assertThat(open().read().entries())
                .extracting(ListedEntry::label)
                .containsExactlyInAnyOrder("alice", "bob", "hand");
        assertThat(first.history(Long.MAX_VALUE, 10).records()).hasSize(2);
    }

    private void append(String text) {
        try {
            Files.writeString(folder.resolve("clients.list"), text, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create ../outside.pem",
                "create .denied/../../outside.pem",
                "create .hidden.pem",
                "create clients.list",
                "create link.pem",
                "delete ../kept.pem",
                "delete /etc/passwd.pem",
                "delete .clients.lock",
                "release ../../kept.pem",
                "release ../alice.pem",
                "deny ../../outside.pem"
            })
    @DisplayName("a journal that names a file elsewhere is dropped as a whole")
    void writesAndDeletesNothingOutsideOfFolder(String step) throws Exception {
        open();
        Path kept = Files.writeString(root.resolve("kept.pem"), "kept");
        ALICE.writePem(folder.resolve("alice.pem"));
        Files.createSymbolicLink(folder.resolve("link.pem"), folder.resolve("alice.pem"));
        String[] words = step.split(" ", -1);
        boolean writes = words[0].equals("create") || words[0].equals("deny");
        writeJournal("base none\nlist " + base64("# new\n") + "\n" + words[0] + " " + base64(words[1])
                + (writes ? " " + base64("x") : "") + "\n");

        assertThat(open().read().entries()).hasSize(1);

        assertThat(kept).hasContent("kept");
        assertThat(root.resolve("outside.pem")).doesNotExist();
        assertThat(names()).contains(".clients.journal.dropped", ".clients.lock", "alice.pem", "link.pem");
        assertThat(names()).doesNotContain("clients.list");
        assertThat(Files.isSymbolicLink(folder.resolve("link.pem"))).isTrue();
        assertThat(log.lines()).anyMatch(line -> line.contains("directly within the folder"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void writeJournal(String lines) throws Exception {
        String text = "thumbkeeper 1\n" + lines;
        String hash = FolderJournal.hash(Optional.of(text.getBytes(StandardCharsets.UTF_8)));
        Files.writeString(folder.resolve(".clients.journal"), text + "end " + hash + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "list !", "deny YQ==", "base"})
    void dropsJournalWithoutMeaning(String line) throws Exception {
        applied(open(), new Add(digest("x"), "x"));
        writeJournal(line + "\n");

        assertThat(open().read().entries()).hasSize(1);

        assertThat(names()).contains(".clients.journal.dropped").doesNotContain(".clients.journal");
    }

    @Test
    @DisplayName("what cannot be cleared does not prevent reading, and a writer gets the name of the file and the step")
    void readsFolderWhoseRecoveryFails() throws Exception {
        applied(open(), new Add(digest("x"), "x"));
        interrupt("journal durable", new Add(digest("y"), "y"));
        Path blocker = Files.createDirectories(folder.resolve(".clients.tmp").resolve("blocker"));

        EntryWriter writer = open();

        EntrySnapshot seen = writer.read();
        assertThat(seen.entries()).hasSize(1);
        assertThat(writer.history(Long.MAX_VALUE, 10).records()).hasSize(1);
        assertThatThrownBy(() -> writer.apply(seen.version(), "carol", List.of(new Add(digest("z"), "z"))))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it fails to delete [.clients.tmp] (DirectoryNotEmptyException)");
        assertThat(log.lines())
                .filteredOn(line -> line.contains("it fails to delete [.clients.tmp]"))
                .hasSize(1);
        Files.delete(blocker);
        assertThat(writer.read().entries()).hasSize(2);
    }

    @Test
    void readsFolderWhoseJournalCannotBeRead() throws Exception {
        applied(open(), new Add(digest("x"), "x"));
        Files.createDirectory(folder.resolve(".clients.journal"));

        EntryWriter writer = open();

        assertThat(writer.read().entries()).hasSize(1);
        assertThatThrownBy(() -> apply(writer, new Add(digest("y"), "y")))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("it fails to read [.clients.journal]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 20, 200})
    void ignoresIncompleteJournal(int length) throws Exception {
        applied(open(), new Add(digest("x"), "x"));
        String journal = "thumbkeeper 1\nbase none\nlist " + "A".repeat(400) + "\nend 00\n";
        Files.writeString(folder.resolve(".clients.journal"), journal.substring(0, length));

        assertThat(open().read().entries()).hasSize(1);

        assertThat(names()).doesNotContain(".clients.journal");
    }

    @Test
    @DisplayName(
            "the removal of a file whose label no list can hold is in the history, and its number is not used again")
    void writesHistoryOfLabelWithQuotes() throws Exception {
        ALICE.writePem(folder.resolve("Bob \"the builder\".pem"));
        EntryWriter writer = open();

        applied(writer, new Remove(digest(ALICE)));
        applied(writer, new Add(digest("x"), "x"));

        assertThat(writer.history(Long.MAX_VALUE, 10).records())
                .extracting(
                        HistoryRecord::number, record -> record.steps().get(0).name())
                .containsExactly(tuple(2L, "x"), tuple(1L, "Bob \"the builder\""));
    }

    @Test
    @DisplayName("a page of the history reads no line of the pages before it, also after the history has grown")
    void readsEachPageFromWhereTheOneBeforeEnded() throws Exception {
        FolderHistory history = new FolderHistory(folder);
        List<HistoryRecord> all = new ArrayList<>();
        for (int i = 1; i <= 3000; i++) {
            ListedEntry entry =
                    new ListedEntry(digest("x" + i), "x" + i, Set.of(), null, null, EntryState.ENABLED, null);
            all.add(new HistoryRecord(
                    i, CLOCK.instant(), "carol", ChangeKind.ADD, List.of(new EntryStep.Added(entry))));
        }
        history.append(all.subList(0, 2990));
        List<HistoryRecord> read = new ArrayList<>();
        List<Long> bytes = new ArrayList<>();

        long before = Long.MAX_VALUE;
        while (before > 1) {
            long already = history.bytesRead();
            HistoryPage page = HistoryPage.of(history.before(before, 101), 100);
            bytes.add(history.bytesRead() - already);
            read.addAll(page.records());
            before = page.next().orElse(0);
            if (read.size() == 1000) {
                history.append(all.subList(2990, 3000));
            }
        }

        Collections.reverse(read);
        assertThat(read).isEqualTo(all.subList(0, 2990));
        assertThat(bytes).hasSize(30).allMatch(each -> each < 3 << 16);
        assertThat(history.before(5, 2)).extracting(HistoryRecord::number).containsExactly(4L, 3L);
        assertThat(history.find(2999)).contains(all.get(2998));
    }

    @Test
    @DisplayName("certificates of files that are gone are not kept")
    void forgetsCertificatesOfOldFiles() throws Exception {
        FolderContent.Reader reader = new FolderContent.Reader("conf/clients", folder, CLOCK);
        ALICE.writePem(folder.resolve("alice.pem"));
        reader.read();
        assertThat(reader.kept()).isEqualTo(1);

        BOB.writePem(folder.resolve("alice.pem"));
        reader.read();

        assertThat(reader.kept()).isEqualTo(1);
    }

    @Test
    void parsesEveryVersionThatItPrints() {
        EntryVersion version = EntryVersion.of(17, List.of());

        assertThat(EntryVersion.parse(version.toString())).contains(version);
        assertThat(Stream.of("", "17", "017-" + version.digest(), "17-XYZ", version + "0"))
                .allMatch(text -> EntryVersion.parse(text).isEmpty());
    }
}
