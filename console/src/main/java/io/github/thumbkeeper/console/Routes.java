/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import static io.github.thumbkeeper.console.Route.Access.ASK;
import static io.github.thumbkeeper.console.Route.Access.CHANGE;
import static io.github.thumbkeeper.console.Route.Access.CHANGE_BY_SCRIPT;
import static io.github.thumbkeeper.console.Route.Access.VIEW;

import io.github.thumbkeeper.console.api.EntriesApi;
import io.github.thumbkeeper.console.api.GatesApi;
import io.github.thumbkeeper.console.api.HistoryApi;
import io.github.thumbkeeper.console.api.OpenApi;
import io.github.thumbkeeper.console.gate.Gates;
import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.console.page.Changes;
import io.github.thumbkeeper.console.page.CsvExport;
import io.github.thumbkeeper.console.page.EntriesPage;
import io.github.thumbkeeper.console.page.EntryPage;
import io.github.thumbkeeper.console.page.ExpiryPage;
import io.github.thumbkeeper.console.page.ExplainPage;
import io.github.thumbkeeper.console.page.GatesPage;
import io.github.thumbkeeper.console.page.HistoryPageView;
import io.github.thumbkeeper.console.page.RefusedPage;
import io.github.thumbkeeper.console.page.UploadPage;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The table of everything that the console answers. Immutable and thread-safe. */
final class Routes {

    private final List<Route> all;

    private Routes(List<Route> all) {
        this.all = List.copyOf(all);
    }

    static Routes of(ManagedList list, Gates gates, InstantSource clock) {
        UploadPage upload = new UploadPage(list, gates, clock);
        ExplainPage explain = new ExplainPage(gates);
        Changes changes = new Changes(list, clock);
        CsvExport csv = new CsvExport(list);
        EntriesApi entries = new EntriesApi(list);
        GatesApi state = new GatesApi(gates);
        return new Routes(List.of(
                new Route("GET", "/", VIEW, new EntriesPage(list, gates)),
                new Route("GET", "/entry", VIEW, new EntryPage(list)),
                new Route("GET", "/gates", VIEW, new GatesPage(gates)),
                new Route("GET", "/refused", VIEW, new RefusedPage(gates, list.isSet())),
                new Route("GET", "/expiry", VIEW, new ExpiryPage(list, gates, clock)),
                new Route("GET", "/explain", VIEW, explain),
                new Route("POST", "/explain", ASK, explain),
                new Route("GET", "/upload", VIEW, upload::form),
                new Route("POST", "/upload", CHANGE, upload::preview),
                new Route("GET", "/history", VIEW, new HistoryPageView(list, clock)),
                new Route("GET", "/entries.csv", VIEW, csv::entries),
                new Route("GET", "/history.csv", VIEW, csv::history),
                new Route("POST", "/add", CHANGE, changes::add),
                new Route("POST", "/entry/set", CHANGE, changes::set),
                new Route("POST", "/entry/disable", CHANGE, changes::disable),
                new Route("POST", "/entry/enable", CHANGE, changes::enable),
                new Route("POST", "/entry/deny", CHANGE, changes::deny),
                new Route("POST", "/entry/rename", CHANGE, changes::rename),
                new Route("POST", "/entry/remove", CHANGE, changes::remove),
                new Route("POST", "/undo", CHANGE, changes::undo),
                new Route("GET", "/assets/*", VIEW, new Assets()),
                new Route("GET", "/api/v1/entries", VIEW, entries::all),
                new Route("GET", "/api/v1/entries/*", VIEW, entries::one),
                new Route("PUT", "/api/v1/entries/*", CHANGE_BY_SCRIPT, entries::put),
                new Route("DELETE", "/api/v1/entries/*", CHANGE_BY_SCRIPT, entries::delete),
                new Route("GET", "/api/v1/gates", VIEW, state::gates),
                new Route("GET", "/api/v1/refused", VIEW, state::refused),
                new Route("GET", "/api/v1/history", VIEW, new HistoryApi(list)),
                new Route("GET", "/api/v1/token", VIEW, OpenApi::token),
                new Route("GET", "/api/v1/openapi.json", VIEW, OpenApi::document)));
    }

    List<Route> all() {
        return all;
    }

    /** Returns the routes of a path, one for each method. */
    List<Route> of(String path) {
        return all.stream().filter(route -> route.matches(path)).toList();
    }

    /** Returns the methods of routes, for the field {@code Allow}. */
    static String allow(List<Route> routes) {
        TreeSet<String> methods = new TreeSet<>();
        routes.forEach(route -> methods.add(route.method().toUpperCase(Locale.ROOT)));
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return String.join(", ", methods);
    }
}
