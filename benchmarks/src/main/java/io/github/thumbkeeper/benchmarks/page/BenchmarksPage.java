/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.page;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page with all figures, from a template. A line of the template with a name in {@code ${}} becomes the output of a step; the
 * text that follows {@code ${between}} names what stands between figures and goals.
 */
final class BenchmarksPage {

    private static final Pattern PLACE = Pattern.compile("(?m)^\\$\\{([^}]+)}$");
    private static final String JMH_HEAD = "| benchmark | parameters | ns | bytes |\n|---|---|---|---|\n";

    private final Figures figures;
    private final GoalTable goals;
    private final String machine;

    BenchmarksPage(Figures figures, GoalTable goals, String machine) {
        this.figures = figures;
        this.goals = goals;
        this.machine = machine;
    }

    /** Returns what stands between figures and goals, by the beginning of the figure's name. */
    static Map<String, String> between() throws IOException {
        Map<String, String> all = new LinkedHashMap<>();
        for (String line : resource("between.txt").lines().toList()) {
            String[] parts = line.split(" -> ", 2);
            if (parts.length == 2) {
                all.put(parts[0], parts[1]);
            }
        }
        return all;
    }

    /** Returns the page in Markdown. */
    String markdown() throws IOException {
        return PLACE.matcher(resource("benchmarks.md"))
                .replaceAll(place ->
                        Matcher.quoteReplacement(filling(place.group(1)).strip()));
    }

    private String filling(String name) {
        return switch (name) {
            case "machine" -> machine;
            case "goals" -> goals.markdown();
            case "jmh" -> jmh();
            case "stores" -> stores();
            default -> output(name);
        };
    }

    private String jmh() {
        StringBuilder text = new StringBuilder(JMH_HEAD);
        figures.benchmarks()
                .forEach(it -> text.append("| ")
                        .append(it.benchmark())
                        .append(" | ")
                        .append(it.parameters())
                        .append(" | ")
                        .append(Numbers.figure(it.nanos()))
                        .append(it.noisy() ? " ¹" : "")
                        .append(" | ")
                        .append(Numbers.figure(it.bytes()))
                        .append(" |\n"));
        return text.toString();
    }

    /** Joins the tables of the stores, which have the same head, without the goals in their last column. */
    private String stores() {
        StringBuilder text = new StringBuilder();
        for (StepResult result : figures.steps().values()) {
            if (result.step().name().startsWith(Step.STORES)) {
                List<String> rows = result.output().stream()
                        .filter(line -> line.startsWith("|"))
                        .map(line -> withoutGoals(line, result.isNoisy()))
                        .toList();
                rows.stream()
                        .skip(text.isEmpty() ? 0 : 2)
                        .forEach(row -> text.append(row).append('\n'));
            }
        }
        return text.toString();
    }

    private static String withoutGoals(String row, boolean noisy) {
        String[] each =
                row.substring(0, row.lastIndexOf('|', row.length() - 2) + 1).split("\\|", -1);
        if (each.length > 2 && each[2].strip().matches("[0-9]+")) {
            each[2] = " " + Numbers.grouped(each[2].strip()) + (noisy ? " ¹ " : " ");
        }
        return String.join("|", each);
    }

    /** Returns what a step printed, and why it failed if it did. */
    private String output(String step) {
        StepResult result = figures.steps().get(step);
        if (result == null) {
            return "Not measured.";
        }
        String text = String.join("\n", result.output());
        String noise = result.isNoisy() ? "\n\nOther programs used the machine meanwhile ¹." : "";
        return text + noise + (result.failure() == null ? "" : "\n\n" + result.failure());
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(BenchmarksPage.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
