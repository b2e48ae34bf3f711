/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.file.DirectoryStore;
import io.github.thumbkeeper.store.sql.SqlOptions;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** Points at which a process of its own is ended; at the others an error ends the write in this process. */
    private static final int PROCESSES = 20;

    private static final int DATABASE_PROCESSES = 6;

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
                : DirectoryEntryWriter.open("clients", Path.of(place), CLOCK, Duration.ofSeconds(10), point);
    }

    private static JdbcDataSource source(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL(url);
        return source;
    }

    private static X509Certificate certificate(Path folder, String name) throws Exception {
        return CertificateReader.readOne(Files.readAllBytes(folder.resolve(name)));
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
                .isEqualTo(HALTED);
        return process.exitValue();
    }

    /** Makes the changes, and returns the points of the write. */
    private static List<String> points(String place, Path certificates) throws Exception {
        List<String> points = new ArrayList<>();
        EntryWriter writer = open(place, points::add);
        points.clear();
        assertThat(writer.apply(writer.read().version(), "carol", changes(certificates)))
                .isInstanceOf(WriteResult.Applied.class);
        return points;
    }

    /** Spreads the processes over the points, with the first and the last one. */
    private static boolean isChosen(int point, int points, int processes) {
        for (int i = 0; i < processes; i++) {
            if (point == 1 + i * (points - 1) / (processes - 1)) {
                return true;
            }
        }
        return false;
    }

    /** Ends the write at a point. */
    private void end(String place, Path certificates, int point, boolean inProcess) throws Exception {
        if (inProcess) {
            assertThat(run(place, certificates, point)).isEqualTo(HALTED);
            return;
        }
        int[] left = {point};
        EntryWriter writer = open(place, step -> {
            if (--left[0] == 0) {
                throw new AssertionError(step);
            }
        });
        EntryVersion version = writer.read().version();
        List<EntryChange> changes = changes(certificates);
        assertThatThrownBy(() -> writer.apply(version, "carol", changes)).isInstanceOf(AssertionError.class);
    }

    private static Set<Entry> entries(EntrySnapshot snapshot) {
        return snapshot.entries().stream().map(ListedEntry::toEntry).collect(Collectors.toSet());
    }

    /** Checks a place after the process was ended at a point; returns whether the change was made. */
    private static boolean check(String point, EntrySnapshot before, EntrySnapshot after, EntryWriter again)
            throws Exception {
        EntrySnapshot now = again.read();
        boolean made = now.version().changes() > before.version().changes();
        assertThat(now.version()).as(point).isEqualTo(made ? after.version() : before.version());
        List<HistoryRecord> history =
                again.history(Long.MAX_VALUE, EntryWriter.LARGEST_PAGE).records();
        assertThat(history).hasSize((int) now.version().changes());
        // The place is fit for the next change.
        WriteResult next = again.apply(
                now.version(),
                "dave",
                List.of(new Add(new EntryChange.OfDigest(other()), "next", Set.of(), null, null)));
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
        List<String> points = points(model.toString(), certificates);
        EntrySnapshot after = writer.read();
        List<String> done = files(model);

        List<Boolean> made = new ArrayList<>();
        for (int point = 1; point <= points.size(); point++) {
            Path folder = copy(original, root.resolve("folder" + point));
            end(folder.toString(), certificates, point, isChosen(point, points.size(), PROCESSES));
            Loaded<EntryTable> gate =
                    DirectoryStore.ofEntries("clients", folder, false, CLOCK).load(null);
            String place = "point " + point + ": " + points.get(point - 1);
            assertThat(gate.failures()).as(place).isEmpty();
            assertThat(gate.value().stream().collect(Collectors.toSet()))
                    .as("gate at " + place)
                    .isIn(entries(before), entries(after));
            EntryWriter again = open(folder.toString(), WritePoint.NONE);
            boolean changed = again.read().version().equals(after.version());
            assertThat(files(folder)).as("files at " + place).isEqualTo(changed ? done : untouched);
            made.add(check(place, before, after, again));
        }

        assertThat(made).hasSizeGreaterThan(PROCESSES).contains(false, true);
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
        String model = database("model", certificates);
        EntryWriter writer = open(model, WritePoint.NONE);
        EntrySnapshot before = writer.read();
        List<String> points = points(model, certificates);
        EntrySnapshot after = writer.read();

        List<Boolean> made = new ArrayList<>();
        for (int point = 1; point <= points.size(); point++) {
            if (isChosen(point, points.size(), DATABASE_PROCESSES)) {
                String url = database("database" + point, certificates);
                end(url, certificates, point, true);
                assertThat(new SqlStore("jndi:jdbc/clients", SqlOptions.DEFAULTS, false, CLOCK)
                                .load(source(url), null).value().stream().collect(Collectors.toSet()))
                        .isIn(entries(before), entries(after));
                made.add(check(points.get(point - 1), before, after, open(url, WritePoint.NONE)));
            }
        }

        assertThat(made).hasSize(DATABASE_PROCESSES).contains(false, true);
    }

    private String database(String name, Path certificates) throws Exception {
        // By default H2 keeps what was committed in memory for half a second.
        String url = "jdbc:h2:file:" + root.resolve(name) + ";WRITE_DELAY=0";
        create(url, "h2.sql");
        create(url, "h2-writing.sql");
        fill(open(url, WritePoint.NONE), certificates);
        return url;
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
