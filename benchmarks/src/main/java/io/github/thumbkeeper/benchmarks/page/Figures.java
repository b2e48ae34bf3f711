/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The figures of all steps, by name. NaN is a figure that was not measured. */
final class Figures {

    /** As the programs print a figure that has a goal. */
    private static final Pattern JUDGED = Pattern.compile("([^|;]+?) (-?[0-9.]+) \\(goal ([0-9.]+): (?:met|missed)\\)");

    private static final Pattern JMH = Pattern.compile("([\\w.]+)\t([^\t]*)\t([0-9.]+)\t([0-9.]+)");

    /** One JMH benchmark with one value of its parameters. */
    record Jmh(String benchmark, String parameters, double nanos, double bytes, boolean noisy) {}

    /** A figure that a program compares with its goal. */
    record Judged(String step, String what, double value, double goal, boolean noisy) {}

    private final List<Jmh> benchmarks = new ArrayList<>();
    private final List<Judged> judged = new ArrayList<>();
    private final Map<String, StepResult> steps = new LinkedHashMap<>();

    Figures(List<StepResult> results) {
        for (StepResult result : results) {
            steps.put(result.step().name(), result);
            result.output().forEach(line -> read(result, line));
        }
    }

    private void read(StepResult result, String line) {
        Matcher jmh = JMH.matcher(line);
        if (jmh.matches()) {
            benchmarks.add(new Jmh(
                    jmh.group(1),
                    jmh.group(2),
                    Double.parseDouble(jmh.group(3)),
                    Double.parseDouble(jmh.group(4)),
                    result.isNoisy()));
            return;
        }
        Matcher figure = JUDGED.matcher(line);
        while (figure.find()) {
            String row = line.startsWith("| ") ? entries(line) : "";
            judged.add(new Judged(
                    result.step().name(),
                    figure.group(1).replaceFirst("^[-| ]+", "").strip() + row,
                    Double.parseDouble(figure.group(2)),
                    Double.parseDouble(figure.group(3)),
                    result.isNoisy()));
        }
    }

    /** Returns the title and the number of entries of a row of stores. */
    private static String entries(String line) {
        String[] cells = line.split("\\|", -1);
        return " (" + cells[1].strip() + ", " + Numbers.grouped(cells[2].strip()) + ")";
    }

    List<Jmh> benchmarks() {
        return benchmarks;
    }

    List<Judged> judged(String step) {
        return judged.stream().filter(it -> it.step().equals(step)).toList();
    }

    Map<String, StepResult> steps() {
        return steps;
    }

    double nanos(String benchmark, int entries) {
        return find(benchmark, entries).nanos();
    }

    double bytes(String benchmark, int entries) {
        return find(benchmark, entries).bytes();
    }

    /** Returns whether other programs disturbed the class of a benchmark. */
    boolean isNoisy(String benchmark) {
        return benchmarks.stream().anyMatch(it -> it.benchmark().equals(benchmark) && it.noisy());
    }

    private Jmh find(String benchmark, int entries) {
        return benchmarks.stream()
                .filter(it -> it.benchmark().equals(benchmark)
                        && (it.parameters().isEmpty() || it.parameters().matches(".*\\bentries=" + entries + "\\b.*")))
                .findFirst()
                .orElse(new Jmh(benchmark, "", Double.NaN, Double.NaN, false));
    }
}
