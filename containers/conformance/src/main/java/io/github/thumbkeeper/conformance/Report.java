/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.conformance;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Prints the table of all containers, and fails if a check failed or a container was not tested. */
public final class Report {

    private static final String ROW = "%-28s %-58s %-8s %6s %6s %15s%n";

    private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");

    private Report() {}

    /**
     * Reads the results of the modules of the first folder, and writes the table to the second file too.
     *
     * @throws IllegalStateException if not every container has passed
     */
    public static void main(String[] arguments) throws IOException {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT, ROW, "container", "version", "Servlet", "passed", "failed", "not applicable"));
        StringBuilder reasons = new StringBuilder();
        boolean good = true;
        for (Path module : modules(Path.of(arguments[0]))) {
            Properties results = read(module.resolve("target").resolve(Results.FILE));
            good &= add(module.getFileName().toString(), results, table, reasons);
        }
        table.append(reasons);
        System.out.println("\n" + table);
        Path file = Path.of(arguments[1]);
        Files.createDirectories(file.getParent());
        Files.writeString(file, table);
        if (!good) {
            throw new IllegalStateException("not every container has passed");
        }
    }

    /** Returns the modules of the build, so that none is forgotten. */
    private static List<Path> modules(Path containers) throws IOException {
        return MODULE.matcher(Files.readString(containers.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .filter(module -> !module.equals("conformance") && !module.equals("report"))
                .map(containers::resolve)
                .toList();
    }

    private static Properties read(Path file) throws IOException {
        Properties results = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                results.load(in);
            }
        }
        return results;
    }

    private static boolean add(String module, Properties results, StringBuilder table, StringBuilder reasons) {
        TreeMap<String, String> missing = new TreeMap<>();
        results.stringPropertyNames().stream()
                .filter(key -> key.startsWith("notApplicable."))
                .forEach(key -> missing.put(key.substring(key.indexOf('.') + 1), results.getProperty(key)));
        table.append(String.format(
                Locale.ROOT,
                ROW,
                results.getProperty("name", module),
                results.getProperty("server", "was not asked"),
                results.getProperty("servlet", "-"),
                results.getProperty("passed", "0"),
                results.getProperty("failed", "-"),
                missing.size()));
        missing.forEach((check, why) -> reasons.append(
                String.format(Locale.ROOT, "%s: %s: %s%n", results.getProperty("name", module), check, why)));
        return results.getProperty("failed", "1").equals("0") && results.containsKey("server");
    }
}
