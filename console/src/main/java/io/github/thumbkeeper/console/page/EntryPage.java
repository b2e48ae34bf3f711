/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import io.github.thumbkeeper.console.list.EntryRow;
import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.console.web.Action;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.console.web.HttpProblem;
import java.util.List;

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
     */
    public record Model(EntryRow row, String version) {}

    @Override
    public Answer answer(ConsoleRequest request) throws HttpProblem {
        ManagedList.Rows rows = list.rows();
        EntryRow row = rows.find(request.text("id"));
        if (row == null) {
            throw new HttpProblem(404, "noEntry", List.of());
        }
        return new Answer.Page(
                200, "entries", "entry", new Model(row, rows.version().toString()));
    }
}
