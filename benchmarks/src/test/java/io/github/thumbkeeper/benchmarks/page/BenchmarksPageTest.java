/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.benchmarks.StoreFigures;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchmarksPageTest {

    private static final int LENGTH = 800;
    private static final Map<String, String> BETWEEN = Map.of("load in a new JVM", "cold code");

    private static final List<String> JMH = List.of(
            "DecisionBenchmark.decide\tentries=10\t30.00\t0.0",
            "DecisionBenchmark.decide\tentries=1000000\t45.00\t24.0",
            "DecisionBenchmark.clock\tentries=10\t20.00\t0.0",
            "DecisionBenchmark.clock\tentries=1000000\t20.00\t0.0",
            "DecisionBenchmark.firstSight\tentries=10\t1100.00\t990.0",
            "DecisionBenchmark.digestAlone\tentries=10\t1000.00\t900.0");

    private static final List<String> LIST = List.of(
            "| store | entries | load, first ms | goals |",
            "|---|---|---|---|",
            "| list of thumbprints | 1000000 | 300.0 | warm load, ms 120.00 (goal 150.0: met); load in a new JVM, ms 500.00"
                    + " (goal 250.0: missed) |");

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.151, 0.15",
        "-0.42, -0.42",
        "12.34, 12.3",
        "250, 250",
        "999.6, 1\u00a0000",
        "1234567.8, 1\u00a0234\u00a0568",
        "NaN, –"
    })
    void writesFigures(double value, String expected) {
        assertThat(Numbers.figure(value)).isEqualTo(expected);
    }

    @Test
    void namesEachGoalWithoutFigures() {
        assertThat(new GoalTable(new Figures(List.of()), Map.of(), LENGTH).goals())
                .allMatch(goal -> goal.line().contains("| not measured |"))
                .extracting(Goal::number)
                .containsAll(IntStream.rangeClosed(1, GoalTable.GOALS).boxed().toList());
    }

    @Test
    void judgesFigures() {
        String table = table(result("DecisionBenchmark", JMH, null, 0), result("StoreFigures LIST", LIST, null, 0));

        assertThat(table)
                .contains("| 1 | decision for a known certificate, ns, list of 10 | 30 | 36 | 0.83 | reached | – |")
                .contains(
                        "| 1 | decision for a known certificate, ns, list of 1\u00a0000\u00a0000 | 45 | 36 | 1.25 | missed |")
                .contains("| 1 | decision for a known certificate, bytes, list of 10 | 0 | 0 | – | reached | – |")
                .contains(
                        "| 1 | decision for a known certificate, bytes, list of 1\u00a0000\u00a0000 | 24 | 0 | – | missed |")
                .contains("| 1 | refusal of a known certificate, bytes | – | 64 | – | not measured | – |")
                .contains(
                        "| 2 | certificate not seen before, times bytes and digest, list of 10 | 1.10 | 1.15 | 0.96 | reached |")
                .contains(
                        "| 2 | certificate not seen before, bytes, list of 10 | 990 | 1\u00a0000 | 0.99 | reached | – |")
                .contains(
                        "| 3 | warm load, ms (list of thumbprints, 1\u00a0000\u00a0000) | 120 | 150 | 0.80 | reached | – |")
                .contains(
                        "| 3 | load in a new JVM, ms (list of thumbprints, 1\u00a0000\u00a0000) | 500 | 250 | 2 | missed | cold code |");
    }

    @Test
    void readsFiguresOfProgramsWithGoals() {
        String table = table(
                result(
                        "EndToEnd",
                        List.of("- filter over a filter that only calls getAttribute, us 0.42 (goal 0.15: missed)"),
                        null,
                        0),
                result("ReloadWhileServing", List.of("", "p99 ratio 0.98 (goal 1.1: met)"), null, 0));

        assertThat(table)
                .contains("| 7 | requests during a reload: p99 ratio | 0.98 | 1.10 | 0.89 | reached | – |")
                .contains(
                        "| 8 | request in Tomcat: filter over a filter that only calls getAttribute, us | 0.42 | 0.15 | 2.80 | missed |");
    }

    @Test
    void marksFiguresOfABusyMachine() {
        assertThat(table(result("DecisionBenchmark", JMH, null, 0.26))).contains("| 30 ¹ | 36 |");
        assertThat(table(result("DecisionBenchmark", JMH, null, 0.24))).contains("| 30 | 36 |");
        assertThat(table(result("DecisionBenchmark", JMH, null, Double.NaN))).contains("| 30 | 36 |");
    }

    @Test
    void fillsTheTemplate() throws IOException {
        String page = page(result("DecisionBenchmark", JMH, null, 0), result("StoreFigures LIST", LIST, null, 0));

        assertThat(page)
                .contains(
                        "\nthis machine\n",
                        "| goal | figure |",
                        "| benchmark | parameters | ns | bytes |",
                        "Not measured.")
                .contains("| DecisionBenchmark.firstSight | entries=10 | 1\u00a0100 | 990 |")
                .contains("| list of thumbprints | 1\u00a0000\u00a0000 | 300.0 |\n")
                .doesNotContain("${");
    }

    @Test
    void reportsABenchmarkThatFailed() throws IOException {
        assertThat(page(result("EndToEnd", List.of("| one row |"), "EndToEnd failed with exit code 1.", 0)))
                .contains("| one row |\n\nEndToEnd failed with exit code 1.");
    }

    @Test
    void showsEachStep() throws IOException {
        List<StepResult> results = new ArrayList<>();
        for (Step step : Step.all(List.of("a.DecisionBenchmark"), StoreFigures.kinds(), false)) {
            boolean jmh = step.name().equals("DecisionBenchmark");
            boolean store = step.name().startsWith("StoreFigures");
            String name = "row of " + step.name();
            List<String> output = jmh
                    ? List.of("DecisionBenchmark.decide\t" + name + "\t1\t1")
                    : store ? List.of("| store |", "|---|", "| " + name + " | 10 | 1 | - |") : List.of(name);
            results.add(new StepResult(step, output, null, 1, 0));
        }

        String page = page(results.toArray(StepResult[]::new));

        assertThat(results)
                .allSatisfy(result ->
                        assertThat(page).contains("row of " + result.step().name()));
    }

    @Test
    void namesWhatStandsBetween() throws IOException {
        assertThat(BenchmarksPage.between())
                .isNotEmpty()
                .allSatisfy((figure, reason) ->
                        assertThat(reason).isNotBlank().doesNotEndWith(".").doesNotContain("|"));
    }

    @Test
    void readsTheProcessorTimeOfLinux() {
        assertThat(ProcessorUse.all("cpu  10 1 20 1000 300 4 5 6 0 0\ncpu0 1 1 1 1 1 1 1 1 0 0\n"))
                .isEqualTo(46);
        assertThat(ProcessorUse.own("7 (a) b) S 1 7 7 0 -1 0 0 0 0 0 100 20 3 4 20 0 1"))
                .isEqualTo(127);
        assertThat(new ProcessorUse(1000, 500).others(new ProcessorUse(0, 0), 2))
                .isEqualTo(2.5);
    }

    private static String table(StepResult... results) {
        return new GoalTable(new Figures(List.of(results)), BETWEEN, LENGTH).markdown();
    }

    private static String page(StepResult... results) throws IOException {
        Figures figures = new Figures(List.of(results));
        return new BenchmarksPage(figures, new GoalTable(figures, BETWEEN, LENGTH), "this machine").markdown();
    }

    private static StepResult result(String name, List<String> output, String failure, double others) {
        Step step = new Step(name, "Main", List.of(), List.of(), Duration.ofSeconds(1));
        return new StepResult(step, output, failure, 1, others);
    }
}
