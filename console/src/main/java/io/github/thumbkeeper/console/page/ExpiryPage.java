/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import io.github.thumbkeeper.console.gate.Gates;
import io.github.thumbkeeper.console.list.EntryRow;
import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.console.list.RowState;
import io.github.thumbkeeper.console.web.Action;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.console.web.HttpProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What ends within a year, as a picture and a table. Thread-safe. */
public final class ExpiryPage implements Action {

    private static final int DAYS = 366;
    private static final int MONTHS = 12;
    private static final int MOST_ITEMS = 200;
    private static final Duration SOON = Duration.ofDays(30);

    private final ManagedList list;
    private final Gates gates;
    private final InstantSource clock;

    /** Creates the page. */
    public ExpiryPage(ManagedList list, Gates gates, InstantSource clock) {
        this.list = list;
        this.gates = gates;
        this.clock = clock;
    }

    /**
     * Something that ends.
     *
     * @param kind the kind, as in JMX, in lower case
     * @param name its label or subject
     * @param where its store
     * @param end its end
     * @param state the style class: {@code expired}, {@code ends-soon} or {@code in-force}
     */
    public record Item(String kind, String name, String where, Instant end, String state) {}

    /**
     * A column of the picture.
     *
     * @param name the month; empty for what has ended
     * @param year the year, in the first column and in every January
     * @param x the left edge
     * @param y the upper edge
     * @param width the width
     * @param height the height
     * @param count the number of things that end
     * @param state the style class
     */
    public record Column(String name, String year, int x, int y, int width, int height, int count, String state) {}

    /** What the page shows. */
    public record Model(List<Item> items, List<Column> columns, int total, int ended, int soon) {}

    @Override
    public Answer answer(ConsoleRequest request) throws HttpProblem {
        Instant now = clock.instant();
        List<Item> items = items(now);
        return Answer.Page.of(
                "expiry",
                new Model(
                        items.subList(0, Math.min(MOST_ITEMS, items.size())),
                        columns(items, now),
                        items.size(),
                        count(items, "expired"),
                        count(items, "ends-soon")));
    }

    private static int count(List<Item> items, String state) {
        return (int) items.stream().filter(item -> item.state().equals(state)).count();
    }

    private List<Item> items(Instant now) throws HttpProblem {
        List<Item> items = new ArrayList<>();
        Map<String, List<Instant>> known = new HashMap<>();
        for (EntryRow row : list.isSet() ? list.rows().all() : List.<EntryRow>of()) {
            boolean counts = row.state() != RowState.DENIED && row.state() != RowState.DISABLED;
            if (counts && row.ends() != null && row.ends().isBefore(now.plus(Duration.ofDays(DAYS)))) {
                items.add(new Item("entry", row.name(), "", row.ends(), state(row.ends(), now)));
                known.computeIfAbsent(row.name(), name -> new ArrayList<>()).add(row.ends());
            }
        }
        gates.expiring(DAYS).forEach(item -> {
            Instant end = Instant.parse(item.getEnd());
            if (known.getOrDefault(item.getName(), List.of()).stream().noneMatch(each -> isSame(each, end))) {
                items.add(new Item(
                        item.getKind().toLowerCase(Locale.ROOT).replace('_', '-'),
                        item.getName(),
                        item.getStore(),
                        end,
                        state(end, now)));
            }
        });
        items.sort(Comparator.comparing(Item::end).thenComparing(Item::name));
        return items;
    }

    /** A gate keeps the ends of certificates less precisely than the list has them. */
    private static boolean isSame(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(Duration.ofDays(1)) < 0;
    }

    private static String state(Instant end, Instant now) {
        if (!end.isAfter(now)) {
            return "expired";
        }
        return end.isBefore(now.plus(SOON)) ? "ends-soon" : "in-force";
    }

    private static final int COLUMN = 62;
    private static final int BAR = 38;
    private static final int TALLEST = 150;
    private static final int FLOOR = 190;
    private static final int LEFT = 16;

    /** The first column is for everything that has ended, one for each month follows. */
    static List<Column> columns(List<Item> items, Instant now) {
        YearMonth first = YearMonth.from(LocalDate.ofInstant(now, ZoneOffset.UTC));
        int[] counts = new int[MONTHS + 1];
        boolean[] soon = new boolean[MONTHS + 1];
        for (Item item : items) {
            int at = item.state().equals("expired") ? 0 : 1 + month(item.end(), first);
            if (at <= MONTHS) {
                counts[at]++;
                soon[at] |= item.state().equals("ends-soon");
            }
        }
        int most = 1;
        for (int count : counts) {
            most = Math.max(most, count);
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i <= MONTHS; i++) {
            YearMonth month = first.plusMonths(i - 1L);
            int height = counts[i] == 0 ? 0 : Math.max(6, counts[i] * TALLEST / most);
            columns.add(new Column(
                    i == 0 ? "" : month.getMonth().getDisplayName(java.time.format.TextStyle.SHORT, Locale.ENGLISH),
                    i == 1 || (i > 1 && month.getMonthValue() == 1) ? String.valueOf(month.getYear()) : "",
                    LEFT + i * COLUMN,
                    FLOOR - height,
                    BAR,
                    height,
                    counts[i],
                    i == 0 ? "expired" : soon[i] ? "ends-soon" : "in-force"));
        }
        return columns;
    }

    private static int month(Instant end, YearMonth first) {
        YearMonth month = YearMonth.from(LocalDate.ofInstant(end, ZoneOffset.UTC));
        return (month.getYear() - first.getYear()) * MONTHS + month.getMonthValue() - first.getMonthValue();
    }
}
