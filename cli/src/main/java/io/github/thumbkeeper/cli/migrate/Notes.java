/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects remarks and problems in any order. Not thread-safe. */
final class Notes {

    private final String document;
    private final List<Remark> remarks = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Claim, Integer> found = new LinkedHashMap<>();

    Notes(String document) {
        this.document = document;
    }

    void remark(int index, Remark.Kind kind, String text) {
        Remark remark = new Remark(Position.of(document, index), kind, text);
        if (!remarks.contains(remark)) {
            remarks.add(remark);
        }
    }

    void problem(int index, String text) {
        add(new PolicyException(index, text));
    }

    void add(PolicyException problem) {
        problems.add(problem.problem(document));
    }

    /** Records the place of a claim. */
    void found(Claim claim, int index) {
        found.putIfAbsent(claim, index);
    }

    /** Returns the place of a claim. */
    int index(Claim claim) {
        return found.getOrDefault(claim, firstIndex());
    }

    /** Returns the place of the first claim of the document. */
    int firstIndex() {
        return found.values().stream().mapToInt(index -> index).min().orElse(0);
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
