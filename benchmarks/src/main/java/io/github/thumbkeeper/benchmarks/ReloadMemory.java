/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import io.github.thumbkeeper.Gate;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Finds the smallest heap in which a gate replaces a list by another one of the same length, by trying heaps in processes of their
 * own, and compares it with the heap for ten entries and the size of the lists.
 *
 * <p>Arguments: the number of entries (1000000).
 */
public final class ReloadMemory {

    private static final double MIB = 1 << 20;
    private static final int RELOADS = 4;
    private static final int FEW = 10;
    private static final double BYTES_OF_ENTRY = 35;

    private final PrintStream out;
    private final Path directory;

    private ReloadMemory(PrintStream out, Path directory) {
        this.out = out;
        this.directory = directory;
    }

    /** Measures and prints; with the path of two lists, reloads them in turn. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length == 2) {
            reload(Path.of(arguments[0]), Path.of(arguments[1]));
            return;
        }
        int entries = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        try (WorkDirectory work = new WorkDirectory()) {
            new ReloadMemory(System.out, work.path()).measure(entries);
        }
    }

    private void measure(int entries) throws IOException, InterruptedException {
        int few = smallestHeap(FEW);
        int many = smallestHeap(entries);
        double list = entries * BYTES_OF_ENTRY / MIB;
        double ratio = (many - few) / list;
        out.printf(
                Locale.ROOT,
                "| entries | smallest heap, MiB | with %d entries, MiB | a list, MiB | difference in lists |%n"
                        + "|---|---|---|---|---|%n| %d | %d | %d | %.1f | %.2f (goal 3, old + 2 x new: %s) |%n",
                FEW,
                entries,
                many,
                few,
                list,
                ratio,
                ratio <= 3 ? "met" : "missed");
    }

    /** Halves the range until it is as narrow as the collector's unit. */
    private int smallestHeap(int entries) throws IOException, InterruptedException {
        Path one = list("one-" + entries, 1, entries);
        Path two = list("two-" + entries, 2, entries);
        int enough = 512;
        int tooSmall = 2;
        while (enough - tooSmall > 1) {
            int middle = (enough + tooSmall) / 2;
            if (isEnough(middle, one, two)) {
                enough = middle;
            } else {
                tooSmall = middle;
            }
        }
        return enough;
    }

    private static boolean isEnough(int mebibytes, Path one, Path two) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Xmx" + mebibytes + "m",
                        "-XX:+UseSerialGC",
                        "-XX:NewSize=1m",
                        "-XX:MaxNewSize=1m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReloadMemory.class.getName(),
                        one.toString(),
                        two.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }

    private static void reload(Path one, Path two) throws Exception {
        Path listed = one.resolveSibling("listed");
        point(listed, one);
        Gate gate = Gates.gate(Gates.stores(listed), InstantSource.system());
        for (int i = 0; i < RELOADS; i++) {
            point(listed, i % 2 == 0 ? two : one);
            if (!gate.refresh()) {
                throw new IllegalStateException("nothing was reloaded");
            }
        }
    }

    private Path list(String name, long seed, int entries) throws IOException {
        Path file = directory.resolve(name);
        new RandomDigests(seed).write(file, new RandomDigests(3).next(), entries);
        return file;
    }

    private static void point(Path link, Path file) throws IOException {
        Path next = Files.createSymbolicLink(link.resolveSibling("next"), file);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
