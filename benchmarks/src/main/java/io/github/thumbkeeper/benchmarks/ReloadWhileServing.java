/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Serves requests over TLS with keep-alive while a list of a million entries is read again every 5 s, and compares with the
 * same load without reloads, in alternating windows. {@link ReloadMemory} measures the heap that a reload needs.
 *
 * <p>Arguments: the number of windows of each kind (12: a minute), and the requests a second (400).
 */
public final class ReloadWhileServing {

    private static final int ENTRIES = 1_000_000;
    private static final long WINDOW_NANOS = 5_000_000_000L;
    private static final double GOAL = 1.1;

    private final PrintStream out;
    private final Path directory;
    private final TestCertificate client =
            TestCertificate.named("CN=client").ec().build();
    private final Latencies still = new Latencies();
    private final Latencies reloading = new Latencies();
    private double slowestReload;

    private ReloadWhileServing(PrintStream out, Path directory) {
        this.out = out;
        this.directory = directory;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        int windows = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 12;
        int rate = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 400;
        try (WorkDirectory work = new WorkDirectory()) {
            new ReloadWhileServing(System.out, work.path()).measure(windows, rate);
        }
    }

    private void measure(int windows, int rate) throws Exception {
        Path one = list("one", 1);
        Path two = list("two", 2);
        Path listed = directory.resolve("clients.txt");
        point(listed, one);
        Gate gate = Gates.gate(Gates.stores(listed), InstantSource.system());
        try (GuardedTomcat tomcat = new GuardedTomcat(directory, gate, client);
                Load load = new Load(tomcat, client, rate)) {
            load.run(2 * WINDOW_NANOS, new Latencies());
            for (int window = 0; window < windows; window++) {
                load.run(WINDOW_NANOS, still);
                point(listed, window % 2 == 0 ? two : one);
                reload(gate, load);
            }
        }
        print(rate);
    }

    /** The reload begins with the window; its duration is not limited. */
    private void reload(Gate gate, Load load) throws Exception {
        Thread refresh = new Thread(() -> {
            long start = System.nanoTime();
            if (!gate.refresh()) {
                throw new IllegalStateException("nothing was reloaded");
            }
            slowestReload = Math.max(slowestReload, (System.nanoTime() - start) / 1e6);
        });
        refresh.start();
        load.run(WINDOW_NANOS, reloading);
        refresh.join();
    }

    private void print(int rate) {
        double ratio = reloading.micros(0.99) / still.micros(0.99);
        out.printf(
                Locale.ROOT,
                "Java %s, %d processors, load average %.1f; %d requests a second, slowest reload %.0f ms%n%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                rate,
                slowestReload);
        out.println("| windows | requests | p50 us | p99 us | longest us |");
        out.println("|---|---|---|---|---|");
        print("without reload", still);
        print("with reload", reloading);
        out.printf(Locale.ROOT, "%np99 ratio %.2f (goal %s: %s)%n", ratio, GOAL, ratio <= GOAL ? "met" : "missed");
    }

    private void print(String title, Latencies latencies) {
        out.printf(
                Locale.ROOT,
                "| %s | %d | %.0f | %.0f | %.0f |%n",
                title,
                latencies.size(),
                latencies.micros(0.5),
                latencies.micros(0.99),
                latencies.micros(1));
    }

    private Path list(String name, long seed) throws Exception {
        Path file = directory.resolve(name);
        new RandomDigests(seed).write(file, Variants.sha256(client.der()), ENTRIES);
        return file;
    }

    private void point(Path link, Path file) throws Exception {
        Path next = Files.createSymbolicLink(directory.resolve("next"), file);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
