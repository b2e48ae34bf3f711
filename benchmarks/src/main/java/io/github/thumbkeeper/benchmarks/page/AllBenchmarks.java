/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.page;

import io.github.thumbkeeper.benchmarks.StoreFigures;
import io.github.thumbkeeper.benchmarks.Variants;
import io.github.thumbkeeper.benchmarks.WorkDirectory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Runs all benchmarks, each in a JVM of its own, and writes the page with their figures.
 *
 * <p>A benchmark that fails or takes too long is reported, and does not stop the others; the exit code is then 1. A figure that
 * misses its goal does not change the exit code.
 *
 * <p>System properties: {@code benchmark.short=true} for a run of a few minutes that shows that they work and only prints;
 * {@code benchmark.page} for the file to write.
 */
public final class AllBenchmarks {

    private static final Duration BUDGET = Duration.ofMinutes(36);
    private static final int TAIL = 40;

    private final PrintStream progress = System.err;
    private final long end = System.nanoTime() + BUDGET.toNanos();
    private final Path directory;

    private AllBenchmarks(Path directory) {
        this.directory = directory;
    }

    /** Runs, and writes or prints. Arguments narrow the run to the steps whose names contain one of them. */
    public static void main(String[] arguments) throws Exception {
        boolean quick = Boolean.getBoolean("benchmark.short");
        String page = System.getProperty("benchmark.page", "");
        List<Step> steps = Step.all(jmhClasses(), StoreFigures.kinds(), quick).stream()
                .filter(step ->
                        arguments.length == 0 || List.of(arguments).stream().anyMatch(step.name()::contains))
                .toList();
        String before = Machine.load();
        List<StepResult> results;
        try (WorkDirectory work = new WorkDirectory()) {
            results = new AllBenchmarks(work.path()).run(steps);
        }
        String text = page(results, before, quick);
        if (quick || page.isEmpty() || arguments.length > 0) {
            System.out.println(text);
        } else {
            Files.writeString(Path.of(page), text);
            System.err.println("wrote " + Path.of(page).normalize());
        }
        List<String> failures = results.stream()
                .map(StepResult::failure)
                .filter(Objects::nonNull)
                .toList();
        failures.forEach(System.err::println);
        System.exit(failures.isEmpty() ? 0 : 1);
    }

    private static String page(List<StepResult> results, String before, boolean quick) throws IOException {
        double seconds = results.stream().mapToDouble(StepResult::seconds).sum();
        String machine = String.format(
                Locale.ROOT,
                "%s%s, in %.0f minutes. %s. Load average %s before and %s after, with the benchmarks themselves.",
                quick ? "SHORT RUN, no figure counts. " : "",
                "Measured on " + LocalDate.now(ZoneOffset.UTC),
                Math.ceil(seconds / 60),
                Machine.describe(),
                before,
                Machine.load());
        Figures figures = new Figures(results);
        GoalTable goals = new GoalTable(figures, BenchmarksPage.between(), new Variants().der(0).length);
        return new BenchmarksPage(figures, goals, machine).markdown();
    }

    /** Returns the classes with JMH benchmarks, from the list that JMH's annotation processor writes. */
    private static List<String> jmhClasses() throws IOException {
        try (InputStream in = AllBenchmarks.class.getResourceAsStream("/META-INF/BenchmarkList")) {
            if (in == null) {
                throw new IllegalStateException(
                        "META-INF/BenchmarkList is missing; expected a build with JMH's processor");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split(" ", -1))
                    .map(fields -> fields[3])
                    .distinct()
                    .sorted()
                    .toList();
        }
    }

    private List<StepResult> run(List<Step> steps) throws IOException, InterruptedException {
        List<StepResult> results = new ArrayList<>();
        for (Step step : steps) {
            progress.printf("[%d/%d] %s …", results.size() + 1, steps.size(), step.name());
            progress.flush();
            StepResult result = run(step);
            results.add(result);
            progress.printf(
                    Locale.ROOT,
                    " %.0f s, other programs used %.2f processors%s%n",
                    result.seconds(),
                    result.others(),
                    result.failure() == null ? "" : "; FAILED");
        }
        return results;
    }

    private StepResult run(Step step) throws IOException, InterruptedException {
        long left = end - System.nanoTime();
        if (left <= 0) {
            return new StepResult(step, List.of(), step.name() + " was not measured: no time was left.", 0, 0);
        }
        Path output = directory.resolve("out");
        Path errors = directory.resolve("errors");
        ProcessorUse before = ProcessorUse.now();
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command(step))
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .start();
        String failure = null;
        if (!process.waitFor(Math.min(left, step.limit().toNanos()), TimeUnit.NANOSECONDS)) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroyForcibly().waitFor();
            failure = step.name() + " took longer than " + step.limit().toSeconds() + " s.";
        } else if (process.exitValue() != 0) {
            failure = step.name() + " failed with exit code " + process.exitValue() + ".";
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        double others = ProcessorUse.now().others(before, seconds);
        if (failure != null) {
            printTail(errors);
        }
        return new StepResult(step, lines(output), failure, seconds, others);
    }

    /** JMH and the programs that a step starts use the same temporary directory, which is deleted in the end. */
    private List<String> command(Step step) throws IOException {
        Path temporary = Files.createTempDirectory(directory, "tmp");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(step.options());
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), step.main()));
        command.addAll(step.arguments());
        return command;
    }

    private void printTail(Path errors) throws IOException {
        List<String> lines = lines(errors);
        progress.println();
        lines.subList(Math.max(0, lines.size() - TAIL), lines.size()).forEach(progress::println);
    }

    private static List<String> lines(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
