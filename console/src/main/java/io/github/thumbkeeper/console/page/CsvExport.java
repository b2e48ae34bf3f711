/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import io.github.thumbkeeper.console.list.EntryRow;
import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.console.web.HttpProblem;
import io.github.thumbkeeper.store.write.EntryWriter;
import io.github.thumbkeeper.store.write.HistoryPage;
import io.github.thumbkeeper.store.write.HistoryRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Exports the list and its history as CSV (RFC 4180).
 *
 * <p>A spreadsheet runs a cell that begins like a formula, and a label or subject may have been chosen to be one (CWE-1236): such a
 * cell begins with an apostrophe instead. Thread-safe.
 */
public final class CsvExport {

    private static final int MOST_PAGES = 100;

    private final ManagedList list;

    /** Creates the export. */
    public CsvExport(ManagedList list) {
        this.list = list;
    }

    /** Exports the list. */
    public Answer entries(ConsoleRequest request) throws HttpProblem {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("label", "id", "state", "subject", "issuer", "ends", "roles", "from", "until", "reason"));
        for (EntryRow row : list.rows().all()) {
            lines.add(Arrays.asList(
                    row.label(),
                    row.id(),
                    row.state().key(),
                    row.subject(),
                    row.issuer(),
                    text(row.ends()),
                    String.join(" ", row.roles()),
                    text(row.from()),
                    text(row.until()),
                    row.reason()));
        }
        return file("entries.csv", lines);
    }

    /** Exports the history, the last 100 000 changes of it. */
    public Answer history(ConsoleRequest request) throws HttpProblem {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("number", "at", "actor", "kind", "entry", "id", "changes"));
        long before = Long.MAX_VALUE;
        for (int i = 0; i < MOST_PAGES; i++) {
            HistoryPage page = list.history(before, EntryWriter.LARGEST_PAGE);
            page.records().forEach(record -> add(lines, record));
            if (page.next().isEmpty()) {
                break;
            }
            before = page.next().getAsLong();
        }
        return file("history.csv", lines);
    }

    private static void add(List<List<String>> lines, HistoryRecord record) {
        record.steps().stream()
                .map(HistoryPageView::touched)
                .forEach(touched -> lines.add(List.of(
                        String.valueOf(record.number()),
                        record.at().toString(),
                        record.actor(),
                        record.kind().name(),
                        touched.name(),
                        touched.id(),
                        touched.differences().stream()
                                .map(each -> each.field() + ": " + each.before() + " -> " + each.after())
                                .collect(Collectors.joining("; ")))));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static Answer file(String name, List<List<String>> lines) {
        String text = lines.stream()
                .map(line -> line.stream().map(CsvExport::cell).collect(Collectors.joining(",")))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
        return new Answer.Content(
                200,
                "text/csv; charset=UTF-8",
                Map.of("Content-Disposition", "attachment; filename=\"" + name + "\""),
                text.getBytes(StandardCharsets.UTF_8));
    }

    static String cell(String value) {
        String safe = !value.isEmpty() && "=+-@\t\r\n＝＋－＠".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
        return "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
