/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints the cost of every kind of store, with 10 to 1 000 000 entries, next to the goals: loading it, reading it again when
 * nothing has changed, keeping it on the heap, and one look-up.
 *
 * <p>Arguments narrow it to the kinds of {@link Source} that they name, and to at most the number of entries given.
 */
public final class StoreFigures {

    private static final List<Integer> SIZES = List.of(10, 1_000, 100_000, 1_000_000);

    private final PrintStream out;

    private StoreFigures(PrintStream out) {
        this.out = out;
    }

    /** Measures and prints. */
    public static void main(String[] arguments) throws Exception {
        new StoreFigures(System.out).print(List.of(arguments));
    }

    /** Returns the names of all kinds of stores. */
    public static List<String> kinds() {
        return Arrays.stream(Source.values()).map(Enum::name).toList();
    }

    private void print(List<String> arguments) throws Exception {
        int most = arguments.stream()
                .filter(it -> it.matches("\\d+"))
                .mapToInt(Integer::parseInt)
                .findFirst()
                .orElse(Integer.MAX_VALUE);
        boolean all = arguments.stream().allMatch(it -> it.matches("\\d+"));
        out.printf(
                Locale.ROOT,
                "Java %s, %d processors, load average %.1f%n%n",
                System.getProperty("java.version"),
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
        out.println(
                "| store | entries | load, first ms | load, best ms | nothing changed, ms | bytes/entry | hit ns | miss ns"
                        + " | goals |");
        out.println("|---|---|---|---|---|---|---|---|---|");
        for (Source source : Source.values()) {
            for (int entries : SIZES) {
                boolean wanted = all || arguments.contains(source.name());
                if (wanted && source.isInstalled() && entries <= Math.min(source.most, most)) {
                    print(source, entries);
                }
            }
        }
    }

    private void print(Source source, int entries) throws Exception {
        try (WorkDirectory work = new WorkDirectory();
                Source.Prepared prepared = source.make(work.path(), entries)) {
            Path directory = work.path();
            StoreFigure figure = StoreFigure.of(prepared.store(), entries);
            out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.2f | %.1f | %.0f | %.0f | %s |%n",
                    source.title,
                    entries,
                    figure.firstMillis(),
                    figure.bestMillis(),
                    figure.unchangedMillis(),
                    figure.bytesPerEntry(),
                    figure.hitNanos(),
                    figure.missNanos(),
                    Goals.of(source, entries, figure, directory));
            out.flush();
        }
    }
}
