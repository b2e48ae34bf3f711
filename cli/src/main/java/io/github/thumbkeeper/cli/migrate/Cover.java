/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Describes the admitted rows of a table as lists and rules do: by values that a certificate has, never by values that it does not
 * have, except for thumbprints that are denied. Not thread-safe.
 *
 * <p>A pattern has a value for each column, or {@value #ANY}. A certificate is admitted if it matches one of the patterns and is not
 * denied.
 */
final class Cover {

    static final int ANY = -1;
    private static final int NONE = -2;

    private final DecisionTable table;
    private final Predicate<int[]> admitted;
    private final int thumbprints;
    private final List<int[]> patterns = new ArrayList<>();
    private final TreeSet<Integer> denied = new TreeSet<>();

    private Cover(DecisionTable table, Predicate<int[]> admitted) {
        this.table = table;
        this.admitted = admitted;
        boolean first =
                !table.columns().isEmpty() && table.columns().get(0).get(0).kind() == Claim.Kind.THUMBPRINT;
        this.thumbprints = first ? 0 : NONE;
    }

    /** Returns a description that means exactly the same; empty if there is none. */
    static Optional<Cover> of(DecisionTable table, Predicate<int[]> admitted) {
        Cover cover = new Cover(table, admitted);
        if (!cover.findPatterns()) {
            cover.denyThumbprints();
            if (!cover.findPatterns()) {
                return Optional.empty();
            }
        }
        cover.denied.removeIf(thumbprint ->
                cover.patterns.stream().noneMatch(pattern -> pattern[0] == ANY || pattern[0] == thumbprint));
        boolean exact = table.rows().stream().allMatch(row -> cover.admits(row) == admitted.test(row));
        return exact ? Optional.of(cover) : Optional.empty();
    }

    List<int[]> patterns() {
        return patterns;
    }

    /** Returns the denied thumbprints, by their numbers in the first column. */
    Iterable<Integer> denied() {
        return denied;
    }

    boolean admits(int[] row) {
        return !isDenied(row) && patterns.stream().anyMatch(pattern -> matches(pattern, row));
    }

    /** Returns whether a certificate that two rows describe is admitted. */
    boolean admits(int[] row, int[] other) {
        return !isDenied(row) && !isDenied(other) && (admits(row) || admits(other));
    }

    private boolean findPatterns() {
        patterns.clear();
        List<int[]> open = table.rows().stream()
                .filter(admitted)
                .sorted(Comparator.comparingLong(row -> Arrays.stream(row)
                        .filter(value -> value != DecisionTable.OTHER)
                        .count()))
                .toList();
        for (int[] row : open) {
            if (patterns.stream().noneMatch(pattern -> matches(pattern, row))) {
                Optional<int[]> pattern = widest(row);
                if (pattern.isEmpty()) {
                    return false;
                }
                patterns.add(pattern.get());
            }
        }
        return true;
    }

    private void denyThumbprints() {
        if (thumbprints == NONE) {
            return;
        }
        for (int i = 1; i <= table.columns().get(thumbprints).size(); i++) {
            int thumbprint = i;
            boolean never =
                    table.rows().stream().noneMatch(row -> row[thumbprints] == thumbprint && admitted.test(row));
            if (never) {
                denied.add(thumbprint);
            }
        }
    }

    /** Returns a pattern for the row and as many others as possible, all of them admitted. */
    private Optional<int[]> widest(int[] row) {
        int[] pattern = row.clone();
        for (int column = 0; column < pattern.length; column++) {
            pattern[column] = row[column] == DecisionTable.OTHER ? ANY : row[column];
        }
        if (!isAdmitted(pattern)) {
            return Optional.empty();
        }
        for (int column = pattern.length - 1; column >= 0; column--) {
            int value = pattern[column];
            pattern[column] = ANY;
            if (!isAdmitted(pattern)) {
                pattern[column] = value;
            }
        }
        return Optional.of(pattern);
    }

    private boolean isAdmitted(int[] pattern) {
        return table.rows().stream().allMatch(row -> isDenied(row) || !matches(pattern, row) || admitted.test(row));
    }

    private boolean isDenied(int[] row) {
        return thumbprints != NONE && denied.contains(row[thumbprints]);
    }

    private static boolean matches(int[] pattern, int[] row) {
        for (int column = 0; column < pattern.length; column++) {
            if (pattern[column] != ANY && pattern[column] != row[column]) {
                return false;
            }
        }
        return true;
    }
}
