/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The meaning of a policy: its decision on each kind of certificate that it distinguishes.
 *
 * <p>A row has a column for each property that the policy compares, such as the thumbprint; its number is that of the matching value,
 * or {@value #OTHER} for any other value. So the table is finite, and complete: whatever a certificate contains, one of the rows
 * describes it. Immutable and thread-safe.
 */
final class DecisionTable {

    /** The number for a value that the policy does not name. */
    static final int OTHER = 0;

    private static final int MOST_ROWS = 4096;

    private final List<Statement> statements;
    private final List<List<Claim>> columns;
    private final Set<Claim> checks;
    private final Map<Claim, int[]> places = new HashMap<>();
    private final List<int[]> rows = new ArrayList<>();

    private DecisionTable(List<Statement> statements, List<List<Claim>> columns, Set<Claim> checks) {
        this.statements = statements;
        this.columns = columns;
        this.checks = checks;
        for (int column = 0; column < columns.size(); column++) {
            for (int i = 0; i < columns.get(column).size(); i++) {
                places.put(columns.get(column).get(i), new int[] {column, i + 1});
            }
        }
        addRows(new int[columns.size()], 0);
    }

    /**
     * Makes the table of a policy.
     *
     * @throws PolicyException if it would be too large
     */
    static DecisionTable of(List<Statement> statements, Notes notes) throws PolicyException {
        Map<Object, List<Claim>> columns = new LinkedHashMap<>();
        Set<Claim> checks = new HashSet<>();
        statements.stream()
                .flatMap(Statement::claims)
                .distinct()
                .sorted(Comparator.comparing(Claim::kind))
                .forEach(claim -> {
                    if (claim.kind().isCheck()) {
                        checks.add(claim);
                    } else {
                        columns.computeIfAbsent(claim.dimension(), dimension -> new ArrayList<>())
                                .add(claim);
                    }
                });
        double size = columns.values().stream()
                .mapToDouble(column -> column.size() + 1.0)
                .reduce(1, (a, b) -> a * b);
        if (size > MOST_ROWS) {
            throw new PolicyException(
                    notes.firstIndex(),
                    "the policy distinguishes too many kinds of certificates; expected at most " + MOST_ROWS
                            + ", such as 10 identities or 1000 thumbprints");
        }
        return new DecisionTable(statements, List.copyOf(columns.values()), Set.copyOf(checks));
    }

    private void addRows(int[] row, int column) {
        if (column == columns.size()) {
            rows.add(row.clone());
            return;
        }
        for (int value = OTHER; value <= columns.get(column).size(); value++) {
            row[column] = value;
            addRows(row, column + 1);
        }
        row[column] = OTHER;
    }

    /** Returns all rows; the first is that of a certificate with no value that the policy names. */
    List<int[]> rows() {
        return rows;
    }

    /** Returns the columns, each with the values that the policy names, the first with number 1. */
    List<List<Claim>> columns() {
        return columns;
    }

    /** Returns the checks of validity that the policy contains. */
    Set<Claim> checks() {
        return checks;
    }

    /** Returns the decision on a request without a certificate. */
    Statement.Outcome withoutCertificate() {
        return Statement.run(statements, new Sample(new int[0], new int[0], Set.of(), false));
    }

    /**
     * Returns the decision on a certificate.
     *
     * @param passed the checks that it passes
     */
    Statement.Outcome outcome(int[] row, Set<Claim> passed) {
        return Statement.run(statements, new Sample(row, row, passed, true));
    }

    /** Returns whether the policy admits a certificate that two rows describe: two texts may mean the same value. */
    boolean admits(int[] row, int[] other, Set<Claim> passed) {
        return Statement.run(statements, new Sample(row, other, passed, true)) instanceof Statement.Outcome.Passes;
    }

    boolean admits(int[] row, Set<Claim> passed) {
        return outcome(row, passed) instanceof Statement.Outcome.Passes;
    }

    private final class Sample implements Request {

        private final int[] row;
        private final int[] other;
        private final Set<Claim> passed;
        private final boolean certificate;

        Sample(int[] row, int[] other, Set<Claim> passed, boolean certificate) {
            this.row = row;
            this.other = other;
            this.passed = passed;
            this.certificate = certificate;
        }

        @Override
        public boolean hasCertificate() {
            return certificate;
        }

        @Override
        public boolean has(Claim claim) {
            int[] place = places.get(claim);
            return place == null ? passed.contains(claim) : row[place[0]] == place[1] || other[place[0]] == place[1];
        }
    }
}
