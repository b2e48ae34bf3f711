/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import io.github.thumbkeeper.console.web.Action;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.console.web.HttpProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The style sheet, the scripts and the icon, each named here; no name of a request reaches a file. Thread-safe. */
final class Assets implements Action {

    private static final String OWN = "/io/github/thumbkeeper/console/";

    private final Map<String, Answer> files = new HashMap<>();

    Assets() {
        add("console.css", "text/css; charset=UTF-8", OWN + "console.css");
        add("console.js", "text/javascript; charset=UTF-8", OWN + "console.js");
        add("icon.svg", "image/svg+xml", OWN + "icon.svg");
        add("htmx.js", "text/javascript; charset=UTF-8", "/META-INF/resources/webjars/htmx.org/2.0.8/dist/htmx.min.js");
    }

    private void add(String name, String type, String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the console lacks " + resource);
            }
            // A private cache may keep these, because they have no content of the list.
            files.put(
                    name,
                    new Answer.Content(200, type, Map.of("Cache-Control", "private, max-age=3600"), in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Answer answer(ConsoleRequest request) throws HttpProblem {
        Answer file = files.get(request.variable());
        if (file == null) {
            throw new HttpProblem(404, "notFound", List.of());
        }
        return file;
    }
}
