/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.api;

import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.console.page.HistoryPageView;
import io.github.thumbkeeper.console.web.Action;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.console.web.HttpProblem;
import io.github.thumbkeeper.store.write.EntryWriter;
import io.github.thumbkeeper.store.write.HistoryPage;
import io.github.thumbkeeper.store.write.HistoryRecord;
import java.util.LinkedHashMap;
import java.util.Map;

/** The history as JSON. Thread-safe. */
public final class HistoryApi implements Action {

    private final ManagedList list;

    /** Creates the resource. */
    public HistoryApi(ManagedList list) {
        this.list = list;
    }

    @Override
    public Answer answer(ConsoleRequest request) throws HttpProblem {
        String before = request.text("before");
        HistoryPage page = list.history(
                before.matches("[0-9]{1,18}") ? Long.parseLong(before) : Long.MAX_VALUE,
                request.text("size").isEmpty() ? 100 : request.number("size", EntryWriter.LARGEST_PAGE));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("items", page.records().stream().map(HistoryApi::json).toList());
        page.next().ifPresent(next -> body.put("next", next));
        return Json.of(body, Map.of());
    }

    private static Map<String, Object> json(HistoryRecord record) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("number", record.number());
        json.put("at", record.at().toString());
        json.put("actor", record.actor());
        json.put("kind", record.kind().name());
        json.put(
                "entries", record.steps().stream().map(HistoryPageView::touched).toList());
        return json;
    }
}
