/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects remarks and problems in any order. Not thread-safe. */
final class Notes {

    private final Lines lines;
    private final Set<Remark> remarks = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Claim, Integer> found = new LinkedHashMap<>();
    private int firstCheck = Integer.MAX_VALUE;

    Notes(String document) {
        this.lines = new Lines(document);
    }

    void remark(int index, Remark.Kind kind, String text) {
        remarks.add(new Remark(lines.at(index), kind, text));
    }

    void problem(int index, String text) {
        add(new PolicyException(index, text));
    }

    void add(PolicyException problem) {
        problems.add(new Problem(lines.at(problem.index()), String.valueOf(problem.getMessage())));
    }

    /** Records the place of a claim. */
    void found(Claim claim, int index) {
        found.putIfAbsent(claim, index);
    }

    /** Returns the place of a claim. */
    int index(Claim claim) {
        return found.getOrDefault(claim, firstIndex());
    }

    /** Records the place of a check. */
    void check(int index) {
        firstCheck = Math.min(firstCheck, index);
    }

    /** Returns the place of the first claim of the document, or of the first check if there is no claim. */
    int firstIndex() {
        return found.values().stream().mapToInt(index -> index).min().orElse(firstCheck);
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    List<Remark> remarks() {
        return remarks.stream().sorted(Comparator.comparing(Remark::at)).toList();
    }

    List<Problem> problems() {
        return problems.stream()
                .sorted(Comparator.comparing(Problem::at))
                .distinct()
                .toList();
    }
}
