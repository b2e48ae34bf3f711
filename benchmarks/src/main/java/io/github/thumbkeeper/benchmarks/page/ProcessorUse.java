/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.page;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Processor time of the machine and of this process with its ended children, as Linux counts it (proc(5)).
 *
 * @param all hundredths of a second, all processors together; NaN on another system
 * @param own those of this process, and of its children that have ended
 */
record ProcessorUse(double all, double own) {

    private static final double TICKS = 100;

    static ProcessorUse now() {
        try {
            return new ProcessorUse(
                    all(Files.readString(Path.of("/proc/stat"))), own(Files.readString(Path.of("/proc/self/stat"))));
        } catch (IOException | RuntimeException e) {
            return new ProcessorUse(Double.NaN, Double.NaN);
        }
    }

    /** Returns how many processors other programs have used since then. */
    double others(ProcessorUse before, double seconds) {
        double others = (all - before.all) - (own - before.own);
        return Math.max(0, others / TICKS / seconds);
    }

    /** Sums user, nice, system, irq, softirq and steal. */
    static double all(String stat) {
        String[] fields = stat.lines().findFirst().orElseThrow().split(" +", -1);
        double sum = 0;
        for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
            sum += Double.parseDouble(fields[field]);
        }
        return sum;
    }

    /** Sums utime, stime, cutime and cstime; the name of the program may contain blanks. */
    static double own(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        double sum = 0;
        for (int field = 11; field <= 14; field++) {
            sum += Double.parseDouble(fields[field]);
        }
        return sum;
    }
}
