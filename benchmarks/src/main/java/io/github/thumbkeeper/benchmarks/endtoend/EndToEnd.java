/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.endtoend;

import io.github.thumbkeeper.benchmarks.RandomDigests;
import io.github.thumbkeeper.benchmarks.Variants;
import io.github.thumbkeeper.benchmarks.WorkDirectory;
import io.github.thumbkeeper.filter.ClientCertificateFilter;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.valve.ClientCertificateValve;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.apache.catalina.util.ServerInfo;

/**
 * Measures what a check adds to a request in Tomcat, and what nginx and HAProxy add for theirs.
 *
 * <p>One client sends requests over one TLS connection to applications of one server that differ only in their check, in turn. It
 * runs in the same JVM. Arguments: the number of requests for each path (40000), and the length of the long lists (1000000).
 */
public final class EndToEnd {

    private static final int BLOCKS = 20;
    private static final double GOAL = 0.15;

    /** The row of the filter that only calls getAttribute. */
    private static final int ATTRIBUTE = 2;

    /** More than the gate's cache holds. */
    private static final int OTHERS = 1 << 14;

    /** Kept, because the JDK forgets the level of a logger that is not in use. */
    private static final List<Logger> LOGGERS =
            List.of(Logger.getLogger("org.apache"), Logger.getLogger("io.github.thumbkeeper"));

    private final PrintStream out;
    private final Path directory;
    private final int rounds;
    private final int entries;
    private final TestCertificate client =
            TestCertificate.named("CN=client").ec().build();
    private final Variants variants = new Variants();

    private EndToEnd(PrintStream out, Path directory, int rounds, int entries) {
        this.out = out;
        this.directory = directory;
        this.rounds = rounds;
        this.entries = entries;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        LOGGERS.forEach(logger -> logger.setLevel(Level.SEVERE));
        int requests = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 40_000;
        try (WorkDirectory work = new WorkDirectory()) {
            int entries = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
            EndToEnd all = new EndToEnd(System.out, work.path(), Math.max(10, requests / BLOCKS), entries);
            all.tomcat();
            for (NativeProxy proxy : NativeProxy.values()) {
                all.proxy(proxy);
            }
        }
    }

    private void tomcat() throws Exception {
        Path ten = list("ten", 10);
        String many = entries == 1_000_000 ? "a million" : String.valueOf(entries);
        Path longList = list("long", entries);
        X509Certificate[] others =
                IntStream.range(0, others()).mapToObj(variants::certificate).toArray(X509Certificate[]::new);
        try (Applications applications = new Applications(directory, client)) {
            Row nothing = new Row("no check", applications.add());
            Row empty = new Row("empty filter", applications.add(new Checks.Empty()));
            Row attribute =
                    new Row("filter that only calls getAttribute", applications.add(new Checks.AttributeOnly()));
            Row filter = new Row("Thumbkeeper's filter, list of " + many, applications.add(filter(longList)));
            Row valve = new Row("Thumbkeeper's valve, list of " + many, applications.add(valve(longList)));
            List<Row> quick = List.of(
                    nothing,
                    empty,
                    attribute,
                    new Row("valve that only asks the connector", applications.add(new Checks.ConnectorOnly())),
                    new Row("Thumbkeeper's filter, list of 10", applications.add(filter(ten))),
                    filter,
                    new Row("Thumbkeeper's valve, list of 10", applications.add(valve(ten))),
                    valve,
                    new Row("filter that sets three attributes too", applications.add(new Checks.ThreeAttributes())));
            List<Row> unseen = List.of(
                    empty,
                    attribute,
                    new Row(
                            "filter that digests a certificate not seen before",
                            applications.add(new Checks.Replaced(others), new Checks.DigestOnly())),
                    new Row(
                            "Thumbkeeper's filter, certificate not seen before, list of " + many,
                            applications.add(new Checks.Replaced(others), filter(longList))));
            String spring = "Spring Security " + SpringSecurity.version() + "'s X.509 filter, ";
            List<Row> slow = List.of(
                    empty,
                    attribute,
                    new Row("hand-written filter, list of 10", applications.add(naive(10))),
                    new Row("hand-written filter, list of 1 000", applications.add(naive(1_000))),
                    new Row(spring + "logging off", applications.add(SpringSecurity.withoutLog())),
                    new Row(spring + "logging as it comes", applications.add(SpringSecurity.asItComes())));
            applications.start();
            out.println(ServerInfo.getServerInfo() + ", JSSE, " + rounds * BLOCKS + " requests for each path, fewer for"
                    + " the slow ones");
            out.println();
            out.println(
                    "| check | p25, us | over an empty filter, us | over getAttribute alone, us | spread, us | bytes |");
            out.println("|---|---|---|---|---|---|");
            try (Turns turns = applications.connect(client)) {
                Increments increments = turns.run(paths(quick), null, BLOCKS, rounds);
                print(quick, increments, 0, applications, turns);
                print(unseen, turns.run(paths(unseen), null, BLOCKS, rounds / 2), 2, applications, turns);
                print(slow, turns.run(paths(slow), nothing.path(), BLOCKS, rounds / 5), 2, applications, turns);
                out.println();
                goal("filter over a filter that only calls getAttribute, us", increments, quick.indexOf(filter));
                goal("valve over a filter that only calls getAttribute, us", increments, quick.indexOf(valve));
            }
        }
    }

    private void print(List<Row> rows, Increments increments, int first, Applications applications, Turns turns)
            throws IOException {
        int empty = first == 0 ? 1 : 0;
        for (int i = first; i < rows.size(); i++) {
            Row row = rows.get(i);
            out.printf(
                    Locale.ROOT,
                    "| %s | %.2f | %+.2f | %+.2f | %.2f | %d |%n",
                    row.title(),
                    increments.micros(i),
                    increments.over(i, empty),
                    increments.over(i, empty + 1),
                    increments.spread(i, empty + 1),
                    applications.bytes(turns, row.path()));
        }
        out.flush();
    }

    private void goal(String what, Increments increments, int row) {
        double over = increments.over(row, ATTRIBUTE);
        out.printf(Locale.ROOT, "- %s %.2f (goal %s: %s)%n", what, over, GOAL, over <= GOAL ? "met" : "missed");
    }

    private void proxy(NativeProxy program) throws Exception {
        out.println();
        String path = program.path();
        if (path == null) {
            out.println(program.title() + ": skipped, because it is not installed");
            return;
        }
        try (RunningProxy proxy = RunningProxy.start(program, path, directory, client, entries);
                Turns turns = proxy.connect(client)) {
            List<Row> rows = proxy.rows();
            Increments increments = turns.run(paths(rows), null, BLOCKS, rounds);
            out.println("| " + proxy.version() + " | p25, us | over no check, us | spread, us |");
            out.println("|---|---|---|---|");
            for (int i = 0; i < rows.size(); i++) {
                out.printf(
                        Locale.ROOT,
                        "| %s | %.2f | %+.2f | %.2f |%n",
                        rows.get(i).title(),
                        increments.micros(i),
                        increments.over(i, 0),
                        increments.spread(i, 0));
            }
        }
    }

    private static List<String> paths(List<Row> rows) {
        return rows.stream().map(Row::path).toList();
    }

    /** Writes a list with the client's certificate, and those of all others if it is long. */
    private Path list(String name, int length) throws IOException {
        Path file = directory.resolve(name);
        RandomDigests digests = new RandomDigests(1);
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            for (int i = 0; i < length - 1; i++) {
                byte[] digest = length == entries && i < others() ? Variants.sha256(variants.der(i)) : digests.next();
                writer.write(HexFormat.of().formatHex(digest) + "\n");
            }
            writer.write(client.sha256() + "\n");
        }
        return file;
    }

    private int others() {
        return Math.min(OTHERS, entries - 1);
    }

    private static ClientCertificateFilter filter(Path list) {
        return new ClientCertificateFilter(Map.of("store", list.toString(), "refreshInterval", "0s"));
    }

    private static ClientCertificateValve valve(Path list) {
        ClientCertificateValve valve = new ClientCertificateValve();
        valve.setProperty("store", list.toString());
        valve.setProperty("refreshInterval", "0s");
        return valve;
    }

    /** The client's certificate is the last of the list. */
    private Checks.Naive naive(int entries) {
        RandomDigests digests = new RandomDigests(1);
        List<String> thumbprints = new ArrayList<>();
        for (int i = 0; i < entries - 1; i++) {
            thumbprints.add(HexFormat.of().withUpperCase().formatHex(digests.next()));
        }
        thumbprints.add(HexFormat.of().withUpperCase().formatHex(Variants.sha256(client.der())));
        return new Checks.Naive(thumbprints);
    }

    /** A check, and the path that has it. */
    record Row(String title, String path) {}
}
