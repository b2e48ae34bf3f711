/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.page;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine of a run, in words. */
final class Machine {

    private Machine() {}

    /** Describes processor, system and Java. */
    static String describe() {
        return first("/proc/cpuinfo", "model name", ":").orElse(System.getProperty("os.arch")) + ", "
                + Runtime.getRuntime().availableProcessors() + " processors; "
                + first("/etc/os-release", "PRETTY_NAME", "=")
                        .map(name -> name.replace("\"", ""))
                        .orElse(System.getProperty("os.name"))
                + "; " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version");
    }

    /** Returns the load average of the last minute. */
    static String load() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return String.format(Locale.ROOT, "%.1f", load);
    }

    private static Optional<String> first(String file, String key, String separator) {
        try (Stream<String> lines = Files.lines(Path.of(file))) {
            return lines.filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(separator) + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
