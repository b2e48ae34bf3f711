/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows of text under a head, for a terminal or as CSV. Not thread-safe.
 *
 * <pre>{@code
 * Table table = new Table("label", "thumbprint");
 * table.add("alice", "sha256:9f86d0…");
 * out.print(table.aligned());
 * }</pre>
 */
public final class Table {

    private static final String GAP = "  ";

    private final List<String> head;
    private final List<List<String>> rows = new ArrayList<>();

    /** Makes a table without rows. */
    public Table(String... head) {
        this.head = List.of(head);
    }

    /** Adds a row. The texts must be safe to print. */
    public void add(String... cells) {
        if (cells.length != head.size()) {
            throw new IllegalArgumentException("a row has " + cells.length + " cells, expected " + head.size());
        }
        rows.add(List.of(cells));
    }

    /** Returns the rows in aligned columns, with the head if there is any row. */
    public String aligned() {
        if (rows.isEmpty()) {
            return "";
        }
        int[] widths = new int[head.size()];
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, head);
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                String cell = row.get(i);
                widths[i] = Math.max(widths[i], cell.codePointCount(0, cell.length()));
            }
        }
        return all.stream().map(row -> aligned(row, widths)).collect(Collectors.joining());
    }

    private static String aligned(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i).isEmpty() ? "-" : row.get(i);
            line.append(cell).append(" ".repeat(Math.max(0, widths[i] - cell.codePointCount(0, cell.length()))));
            line.append(GAP);
        }
        return line.toString().stripTrailing() + "\n";
    }

    /** Returns the head and the rows as CSV (RFC 4180). A cell that a spreadsheet would run as a formula is preceded by an apostrophe. */
    public String csv() {
        List<List<String>> all = new ArrayList<>(rows);
        all.add(0, head);
        return all.stream()
                .map(row -> row.stream().map(Table::quoted).collect(Collectors.joining(",")) + "\r\n")
                .collect(Collectors.joining());
    }

    private static String quoted(String cell) {
        String safe = !cell.isEmpty() && "=+-@".indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
        boolean plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
