/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import io.github.thumbkeeper.console.list.EntryRow;
import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.console.list.RowState;
import io.github.thumbkeeper.console.web.Action;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.console.web.HttpProblem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One entry: everything that is known about it, and the forms that change it. Thread-safe. */
public final class EntryPage implements Action {

    private final ManagedList list;

    /** Creates the page. */
    public EntryPage(ManagedList list) {
        this.list = list;
    }

    /**
     * What the page shows.
     *
     * @param row the entry
     * @param version the version of the list, which the forms give back
     * @param deniedWith the denied entry whose key this denied entry is, or null; the denial ends with that entry only
     */
    public record Model(
            EntryRow row, String version, @Nullable EntryRow deniedWith) {}

    @Override
    public Answer answer(ConsoleRequest request) throws HttpProblem {
        ManagedList.Rows rows = list.rows();
        EntryRow row = rows.find(request.text("id"));
        if (row == null) {
            throw new HttpProblem(404, "noEntry", List.of());
        }
        return new Answer.Page(
                200, "entries", "entry", new Model(row, rows.version().toString(), deniedWith(row, rows)));
    }

    private static @Nullable EntryRow deniedWith(EntryRow row, ManagedList.Rows rows) {
        return row.state() != RowState.DENIED || row.certificate() != null
                ? null
                : rows.all().stream()
                        .filter(other -> other.state() == RowState.DENIED
                                && other.certificate() != null
                                && other.certificate().pin().equals(row.id()))
                        .findFirst()
                        .orElse(null);
    }
}
