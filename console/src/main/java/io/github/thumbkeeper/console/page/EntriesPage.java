/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import io.github.thumbkeeper.console.gate.GateView;
import io.github.thumbkeeper.console.gate.Gates;
import io.github.thumbkeeper.console.list.EntryRow;
import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.console.list.RowState;
import io.github.thumbkeeper.console.web.Action;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.console.web.HttpProblem;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The list: searched, sorted, filtered by state, and in pages. Thread-safe. */
public final class EntriesPage implements Action {

    /** Rows of a page. */
    public static final int SIZE = 50;

    private static final Map<String, Comparator<EntryRow>> ORDERS = Map.of(
            "label", Comparator.comparing((EntryRow row) -> row.label().toLowerCase(Locale.ROOT)),
            "subject", Comparator.comparing((EntryRow row) -> row.subject().toLowerCase(Locale.ROOT)),
            "ends", Comparator.comparing(EntryRow::ends, Comparator.nullsLast(Comparator.<Instant>naturalOrder())),
            "state", Comparator.comparing(EntryRow::state));

    private final ManagedList list;
    private final Gates gates;

    /** Creates the page. */
    public EntriesPage(ManagedList list, Gates gates) {
        this.list = list;
        this.gates = gates;
    }

    /**
     * What the page shows.
     *
     * @param isSet whether a list is set
     * @param rows the rows of this page
     * @param query what is searched, sorted and filtered
     * @param found the number of rows that match
     * @param total the number of all rows
     * @param states the number of rows for each state, of those that match the search
     * @param pages the number of pages
     * @param behind the names of gates that have not read a store, or not lately, so that changes may not be in force there
     */
    public record Model(
            boolean isSet,
            List<EntryRow> rows,
            Query query,
            int found,
            int total,
            Map<RowState, Long> states,
            int pages,
            List<String> behind) {}

    /**
     * The question in the address.
     *
     * @param search the words to find
     * @param state the state, or null for all
     * @param sort the column
     * @param descending whether the order is reversed
     * @param page the page, from 1
     */
    public record Query(String search, @Nullable RowState state, String sort, boolean descending, int page) {

        static Query of(ConsoleRequest request) {
            String sort = request.text("sort");
            boolean descending = sort.startsWith("-");
            String column = descending ? sort.substring(1) : sort;
            RowState state = null;
            for (RowState each : RowState.values()) {
                state = each.key().equals(request.text("state")) ? each : state;
            }
            String search = request.shownAgain("q");
            return new Query(
                    search.length() > 200 ? search.substring(0, 200) : search,
                    state,
                    ORDERS.containsKey(column) ? column : "label",
                    descending,
                    request.number("page", 1_000_000));
        }

        /** Returns the same question with another state; null for all. */
        public Query withState(@Nullable RowState other) {
            return new Query(search, other, sort, descending, 1);
        }

        /** Returns the same question on another page. */
        public Query withPage(int other) {
            return new Query(search, state, sort, descending, other);
        }

        /** Returns the same question sorted by a column; reversed if it is already. */
        public Query sortedBy(String column) {
            return new Query(search, state, column, sort.equals(column) && !descending, 1);
        }

        /** Returns the column with a minus sign if the order is reversed. */
        public String order() {
            return (descending ? "-" : "") + sort;
        }

        /** Returns the question as the query of an address. */
        public String address() {
            return "?q=" + URLEncoder.encode(search, StandardCharsets.UTF_8) + "&state="
                    + (state == null ? "" : state.key()) + "&sort=" + order() + "&page=" + page;
        }
    }

    @Override
    public Answer answer(ConsoleRequest request) throws HttpProblem {
        Query query = Query.of(request);
        List<EntryRow> all = list.isSet() ? list.rows().all() : List.of();
        List<String> behind = gates.all().stream()
                .filter(gate -> !gate.isHealthy())
                .map(GateView::name)
                .toList();
        return Answer.Page.of("entries", find(list.isSet(), all, query, behind));
    }

    static Model find(boolean isSet, List<EntryRow> all, Query query, List<String> behind) {
        List<EntryRow> found = search(all, query.search());
        Map<RowState, Long> states = new EnumMap<>(RowState.class);
        found.forEach(row -> states.merge(row.state(), 1L, Long::sum));
        List<EntryRow> shown = sorted(
                found.stream()
                        .filter(row -> query.state() == null || row.state() == query.state())
                        .toList(),
                query);
        int pages = Math.max(1, (shown.size() + SIZE - 1) / SIZE);
        Query here = query.withPage(Math.min(query.page(), pages));
        int from = (here.page() - 1) * SIZE;
        return new Model(
                isSet,
                shown.subList(from, Math.min(shown.size(), from + SIZE)),
                here,
                shown.size(),
                all.size(),
                states,
                pages,
                behind);
    }

    /** Finds the rows that have all words. */
    static List<EntryRow> search(List<EntryRow> all, String text) {
        List<String> words = List.of(text.toLowerCase(Locale.ROOT).split("\\s+"));
        return text.isBlank()
                ? all
                : all.stream().filter(row -> row.matches(words)).toList();
    }

    private static List<EntryRow> sorted(List<EntryRow> rows, Query query) {
        Comparator<EntryRow> order = ORDERS.getOrDefault(query.sort(), Comparator.comparing(EntryRow::state));
        Comparator<EntryRow> byState = query.descending() ? order.reversed() : order;
        return rows.stream()
                .sorted(byState.thenComparing(EntryRow::label).thenComparing(EntryRow::id))
                .toList();
    }
}
