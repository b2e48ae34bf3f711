/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.file.DirectoryStore;
import io.github.thumbkeeper.store.sql.SqlStore;
import io.github.thumbkeeper.store.write.EntryChange.Add;
import io.github.thumbkeeper.store.write.EntryChange.Deny;
import io.github.thumbkeeper.store.write.EntryChange.Enable;
import io.github.thumbkeeper.store.write.EntryChange.Remove;
import io.github.thumbkeeper.store.write.EntryChange.Rename;
import io.github.thumbkeeper.store.write.EntryChange.Rotate;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.time.Duration;
import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.sql.SqlOptions;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends the process of a writer at each point of a write. */
@Slow
class WriteKillTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));
    private static final int HALTED = 77;
    private static final int FEWEST_POINTS = 20;

    @TempDir
    private Path root;

    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void releaseLog() {
        log.close();
    }

    /** The process that is ended. Arguments: place, certificate folder, number of the point. */
    static final class Victim {

        private Victim() {}

        /** Makes the changes, and halts at a point; the status is 0 if there are fewer points. */
        public static void main(String... arguments) throws Exception {
            int[] left = {Integer.parseInt(arguments[2])};
            WritePoint halt = step -> {
                if (--left[0] == 0) {
                    Runtime.getRuntime().halt(HALTED);
                }
            };
            EntryWriter writer = open(arguments[0], halt);
            left[0] = Integer.parseInt(arguments[2]);
            WriteResult result = writer.apply(writer.read().version(), "carol", changes(Path.of(arguments[1])));
            Runtime.getRuntime().halt(result instanceof WriteResult.Applied ? 0 : 1);
        }
    }

    private static EntryWriter open(String place, WritePoint point) throws Exception {
        return place.startsWith("jdbc:")
                ? SqlEntryWriter.open("jndi:jdbc/clients", source(place), CLOCK, point)
                : DirectoryEntryWriter.open(
                        "clients", Path.of(place), CLOCK, Duration.ofSeconds(10), point);
    }

    private static JdbcDataSource source(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        return source;
    }

    private static X509Certificate certificate(Path folder, String name) throws Exception {
        return CertificateReader.readOne(
                Files.readAllBytes(folder.resolve(name)));
    }

    private static CertificateDigest digest(Path folder, String name) throws Exception {
        return Thumbprint.of(certificate(folder, name), DigestAlgorithm.SHA256);
    }

    /** Changes of every kind that touches files. */
    private static List<EntryChange> changes(Path folder) throws Exception {
        return List.of(
                new Deny(digest(folder, "alice"), "why"),
                new Rename(digest(folder, "bob"), "robert"),
                new Remove(digest(folder, "carol")),
                new Enable(digest(folder, "dave")),
                new Rotate(
                        digest(folder, "erin"),
                        certificate(folder, "erin2"),
                        null,
                        Instant.parse("2026-07-01T00:00:00Z")),
                new Add(certificate(folder, "frank"), "frank"));
    }

    private Path certificates() throws Exception {
        Path folder = Files.createDirectories(root.resolve("certificates"));
        for (String name : List.of("alice", "bob", "carol", "dave", "erin", "erin2", "frank")) {
            TestCertificate.named("CN=" + name).build().writePem(folder.resolve(name));
        }
        return folder;
    }

    private static void fill(EntryWriter writer, Path folder) throws Exception {
        List<EntryChange> changes = new ArrayList<>();
        for (String name : List.of("alice", "bob", "carol", "dave", "erin")) {
            changes.add(new Add(certificate(folder, name), name));
        }
        changes.add(new Deny(digest(folder, "dave"), "earlier"));
        assertThat(writer.apply(writer.read().version(), "carol", changes)).isInstanceOf(WriteResult.Applied.class);
    }

    private int run(String place, Path certificates, int point) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xshare:auto",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        place,
                        certificates.toString(),
                        Integer.toString(point))
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("output").toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue())
                .as(Files.readString(root.resolve("output")))
                .isIn(0, HALTED);
        return process.exitValue();
    }

    private static Set<Entry> entries(EntrySnapshot snapshot) {
        return snapshot.entries().stream().map(ListedEntry::toEntry).collect(Collectors.toSet());
    }

    /** Checks a place after the process was ended at a point; returns whether the change was made. */
    private static boolean check(int point, EntrySnapshot before, EntrySnapshot after, EntryWriter again)
            throws Exception {
        EntrySnapshot now = again.read();
        boolean made = now.version().changes() > before.version().changes();
        assertThat(now.version())
                .as("point " + point)
                .isEqualTo(made ? after.version() : before.version());
        List<HistoryRecord> history =
                again.history(Long.MAX_VALUE, EntryWriter.LARGEST_PAGE).records();
        assertThat(history).hasSize((int) now.version().changes());
        // The place is fit for the next change.
        WriteResult next = again.apply(
                now.version(), "dave", List.of(new Add(new EntryChange.OfDigest(other()), "next", Set.of(), null, null)));
        assertThat(next).isInstanceOf(WriteResult.Applied.class);
        return made;
    }

    private static CertificateDigest other() {
        return Thumbprint.ofEncoded("other".getBytes(StandardCharsets.UTF_8), DigestAlgorithm.SHA256);
    }

    @Test
    @DisplayName("a folder: the state is the one before or the one after, for a gate at once, and for the next writer")
    void losesNothingInFolder() throws Exception {
        Path certificates = certificates();
        Path model = Files.createDirectory(root.resolve("model"));
        EntryWriter writer = open(model.toString(), WritePoint.NONE);
        fill(writer, certificates);
        EntrySnapshot before = writer.read();
        List<String> untouched = files(model);
        Path original = copy(model, root.resolve("original"));
        assertThat(writer.apply(before.version(), "carol", changes(certificates)))
                .isInstanceOf(WriteResult.Applied.class);
        EntrySnapshot after = writer.read();
        List<String> done = files(model);

        List<Boolean> made = new ArrayList<>();
        int status = HALTED;
        for (int point = 1; status == HALTED; point++) {
            Path folder = copy(original, root.resolve("folder" + point));
            status = run(folder.toString(), certificates, point);
            Loaded<EntryTable> gate =
                    DirectoryStore.ofEntries("clients", folder, false, CLOCK).load(null);
            assertThat(gate.failures()).isEmpty();
            assertThat(gate.value().stream().collect(Collectors.toSet()))
                    .as("gate at point " + point)
                    .isIn(entries(before), entries(after));
            EntryWriter again = open(folder.toString(), WritePoint.NONE);
            boolean changed = again.read().version().equals(after.version());
            assertThat(files(folder)).as("files at point " + point).isEqualTo(changed ? done : untouched);
            made.add(check(point, before, after, again));
        }

        assertThat(made).hasSizeGreaterThan(FEWEST_POINTS).contains(false, true);
        assertThat(made.lastIndexOf(false)).as("no way back").isLessThan(made.indexOf(true));
    }

    private static List<String> files(Path folder) throws Exception {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static Path copy(Path from, Path to) throws Exception {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    @Test
    @DisplayName("a database: the transaction is there or not")
    void losesNothingInDatabase() throws Exception {
        Path certificates = certificates();
        EntrySnapshot before = null;
        EntrySnapshot after = null;
        List<Boolean> made = new ArrayList<>();
        int status = HALTED;
        for (int point = 0; status == HALTED || point == 1; point++) {
            String url = "jdbc:h2:file:" + root.resolve("database" + point);
            for (String script : List.of("h2.sql", "h2-writing.sql")) {
                create(url, script);
            }
            EntryWriter writer = open(url, WritePoint.NONE);
            fill(writer, certificates);
            if (point == 0) {
                before = writer.read();
                writer.apply(before.version(), "carol", changes(certificates));
                after = writer.read();
                continue;
            }
            status = run(url, certificates, point);
            assertThat(new SqlStore(
                                    "jndi:jdbc/clients",
                                    SqlOptions.DEFAULTS,
                                    false,
                                    CLOCK)
                            .load(source(url), null)
                            .value()
                            .stream()
                            .collect(Collectors.toSet()))
                    .isIn(entries(before), entries(after));
            made.add(check(point, before, after, open(url, WritePoint.NONE)));
        }

        assertThat(made).hasSizeGreaterThan(FEWEST_POINTS - 2).contains(false, true);
    }

    private static void create(String url, String script) throws Exception {
        try (InputStream in = Objects.requireNonNull(
                        SqlStore.class.getResourceAsStream("/io/github/thumbkeeper/sql/" + script));
                Connection connection = source(url).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
    }
}
