/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.console.web.Action;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.console.web.HttpProblem;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.write.EntryState;
import io.github.thumbkeeper.store.write.EntryStep;
import io.github.thumbkeeper.store.write.HistoryPage;
import io.github.thumbkeeper.store.write.HistoryRecord;
import io.github.thumbkeeper.store.write.ListedEntry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The history of the list: who changed what, and when. Thread-safe. */
public final class HistoryPageView implements Action {

    private static final int SIZE = 50;

    private final ManagedList list;
    private final InstantSource clock;

    /** Creates the page. */
    public HistoryPageView(ManagedList list, InstantSource clock) {
        this.list = list;
        this.clock = clock;
    }

    /**
     * A change of one field.
     *
     * @param field the key of its name
     * @param before the value before; empty for none
     * @param after the value after; empty for none
     */
    public record Difference(String field, String before, String after) {}

    /** An entry that a change has touched, and its fields that differ. */
    public record Touched(String name, String id, List<Difference> differences) {}

    /**
     * A change.
     *
     * @param canUndo whether it is recent enough to be undone
     */
    public record Row(long number, Instant at, String actor, String kind, List<Touched> touched, boolean canUndo) {}

    /** What the page shows; {@code next} is empty on the last page. */
    public record Model(boolean isSet, List<Row> rows, String next) {}

    @Override
    public Answer answer(ConsoleRequest request) throws HttpProblem {
        if (!list.isSet()) {
            return Answer.Page.of("history", new Model(false, List.of(), ""));
        }
        String before = request.text("before");
        long number = before.matches("[0-9]{1,18}") ? Long.parseLong(before) : Long.MAX_VALUE;
        HistoryPage page = list.history(number, SIZE);
        Instant earliest = clock.instant().minus(Changes.UNDO);
        return Answer.Page.of(
                "history",
                new Model(
                        true,
                        page.records().stream()
                                .map(record -> row(record, earliest))
                                .toList(),
                        page.next().isPresent() ? String.valueOf(page.next().getAsLong()) : ""));
    }

    private static Row row(HistoryRecord record, Instant earliest) {
        return new Row(
                record.number(),
                record.at(),
                record.actor(),
                record.kind().name().toLowerCase(Locale.ROOT),
                record.steps().stream().map(HistoryPageView::touched).toList(),
                record.at().isAfter(earliest));
    }

    /** Describes what a step has done to its entry. */
    public static Touched touched(EntryStep step) {
        Optional<ListedEntry> before = step.earlier();
        Optional<ListedEntry> after = step.later();
        List<Difference> differences = new ArrayList<>();
        compare(differences, "label", before, after, entry -> entry.label() == null ? "" : entry.label());
        compare(differences, "roles", before, after, entry -> String.join(", ", new TreeSet<>(entry.roles())));
        compare(differences, "from", before, after, entry -> text(entry.from()));
        compare(differences, "until", before, after, entry -> text(entry.until()));
        compare(differences, "state", before, after, HistoryPageView::state);
        return new Touched(step.name(), step.digest().toString(), differences);
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String state(ListedEntry entry) {
        if (entry.state() instanceof EntryState.Denied denied) {
            return "denied: " + SafeText.text(denied.reason());
        }
        return entry.state() instanceof EntryState.Enabled ? "enabled" : "disabled";
    }

    private static void compare(
            List<Difference> differences,
            String field,
            Optional<ListedEntry> before,
            Optional<ListedEntry> after,
            Function<ListedEntry, String> value) {
        String earlier = before.map(value).orElse("");
        String later = after.map(value).orElse("");
        if (!earlier.equals(later)) {
            differences.add(new Difference(field, earlier, later));
        }
    }
}
