/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.page;

import io.github.thumbkeeper.benchmarks.page.Figures.Jmh;
import io.github.thumbkeeper.benchmarks.page.Figures.Judged;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All goals, with the figures of a run.
 *
 * <p>The goals of JMH benchmarks are here. The other programs print their figures together with the goals, and this class assigns
 * each program to the number of its goal. A figure that is missing gets a line too.
 */
final class GoalTable {

    static final int GOALS = 9;

    private static final int TEN = 10;
    private static final int MILLION = 1_000_000;
    private static final String DECIDE = "DecisionBenchmark.decide";
    private static final String UNLISTED = "DecisionBenchmark.decideUnlisted";
    private static final String FIRST = "DecisionBenchmark.firstSight";
    private static final String DIGEST = "DecisionBenchmark.digestAlone";
    private static final String CLOCK = "DecisionBenchmark.clock";

    /** The length of the certificate that is seen for the first time, which a copy of its bytes allocates at least. */
    private final int certificateLength;

    private final Figures figures;
    private final Map<String, String> between;
    private final List<Goal> goals = new ArrayList<>();

    /**
     * The figures that a step prints.
     *
     * @param number the goal that they belong to
     */
    private record Printed(int number, String step, String title) {}

    private static final List<Printed> PRINTED = List.of(
            new Printed(3, Step.STORES + " LIST", "list of thumbprints"),
            new Printed(4, Step.STORES + " PEM_FILE", "PEM file"),
            new Printed(4, Step.STORES + " PKCS12_FILE", "PKCS12 file"),
            new Printed(5, Step.STORES + " PEM_DIRECTORY", "folder"),
            new Printed(6, Step.STORES + " LDAP", "LDAP directory"),
            new Printed(6, Step.STORES + " JNDI_LIVE_KEY_STORE", "key store in JNDI, of KeyStoreFactory"),
            new Printed(7, Step.RELOAD, "requests during a reload"),
            new Printed(8, Step.END_TO_END, "request in Tomcat"),
            new Printed(9, Step.HANDSHAKES, "requests next to costly handshakes"));

    /**
     * Makes the table.
     *
     * @param between what stands between a figure and its goal, by the beginning of the figure's name
     */
    GoalTable(Figures figures, Map<String, String> between, int certificateLength) {
        this.figures = figures;
        this.between = between;
        this.certificateLength = certificateLength;
        decisions();
        firstSight();
        PRINTED.forEach(this::printed);
        figures.steps().keySet().stream()
                .filter(step -> PRINTED.stream().noneMatch(it -> it.step().equals(step)))
                .forEach(step -> figures.judged(step).forEach(it -> add(9, it.what(), it)));
        others();
    }

    private void decisions() {
        for (int entries : new int[] {TEN, MILLION}) {
            String list = ", list of " + Numbers.grouped(String.valueOf(entries));
            double limit = 1.3 * figures.nanos(CLOCK, entries) + 10;
            add(1, "decision for a known certificate, ns" + list, figures.nanos(DECIDE, entries), limit, DECIDE);
            add(1, "decision for a known certificate, bytes" + list, figures.bytes(DECIDE, entries), 0, DECIDE);
        }
        double flat = figures.nanos(DECIDE, MILLION) / figures.nanos(DECIDE, TEN);
        add(1, "decision with a list of a million, times that with 10", flat, 1.1, DECIDE);
        double refusal = figures.nanos(UNLISTED, MILLION) / figures.nanos(DECIDE, MILLION);
        add(1, "refusal of a known certificate, times an admission", refusal, 1.3, UNLISTED);
        add(1, "refusal of a known certificate, bytes", figures.bytes(UNLISTED, MILLION), 64, UNLISTED);
    }

    private void firstSight() {
        for (int entries : new int[] {TEN, MILLION}) {
            String list = ", list of " + Numbers.grouped(String.valueOf(entries));
            double ratio = figures.nanos(FIRST, entries) / figures.nanos(DIGEST, entries);
            add(2, "certificate not seen before, times bytes and digest" + list, ratio, 1.15, FIRST);
            double bytes = figures.bytes(FIRST, entries);
            add(2, "certificate not seen before, bytes" + list, bytes, certificateLength + 200.0, FIRST);
        }
    }

    private void printed(Printed printed) {
        List<Judged> all = figures.judged(printed.step());
        boolean store = printed.step().startsWith(Step.STORES);
        all.forEach(it -> add(printed.number(), store ? it.what() : printed.title() + ": " + it.what(), it));
        if (all.isEmpty()) {
            StepResult result = figures.steps().get(printed.step());
            String why = result == null || result.failure() == null ? "" : result.failure();
            goals.add(new Goal(printed.number(), printed.title(), Double.NaN, Double.NaN, false, why));
        }
    }

    /** Adds the figures of goal 9: the other decisions, each with a list of a million where there is a choice. */
    private void others() {
        List<Jmh> all = figures.benchmarks().stream()
                .filter(it -> !it.benchmark().startsWith("DecisionBenchmark.")
                        && !it.benchmark().startsWith("LookUpBenchmark."))
                .toList();
        for (Jmh each : all) {
            String what = each.benchmark() + (each.parameters().isEmpty() ? "" : ", " + each.parameters()) + ", ns";
            goals.add(new Goal(9, what, each.nanos(), Double.NaN, each.noisy(), ""));
        }
        if (all.isEmpty()) {
            goals.add(new Goal(9, "header, trust and rules", Double.NaN, Double.NaN, false, ""));
        }
    }

    private void add(int number, String what, Judged figure) {
        goals.add(new Goal(number, what, figure.value(), figure.goal(), figure.noisy(), between(what)));
    }

    private void add(int number, String what, double value, double bound, String benchmark) {
        String why = Double.isNaN(value) ? "" : between(what);
        goals.add(new Goal(number, what, value, bound, figures.isNoisy(benchmark), why));
    }

    private String between(String what) {
        return between.entrySet().stream()
                .filter(each -> what.startsWith(each.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    List<Goal> goals() {
        return goals.stream()
                .sorted((one, other) -> Integer.compare(one.number(), other.number()))
                .toList();
    }

    /** Returns the table in Markdown. */
    String markdown() {
        StringBuilder text = new StringBuilder(Goal.HEAD);
        goals().forEach(goal -> text.append(goal.line()).append('\n'));
        return text.toString();
    }
}
