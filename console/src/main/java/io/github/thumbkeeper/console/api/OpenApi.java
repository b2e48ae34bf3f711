/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.api;

import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/** The description of the API (OpenAPI 3.1), and the token that changes need. Thread-safe. */
public final class OpenApi {

    private OpenApi() {}

    /** Returns the description. */
    public static Answer document(ConsoleRequest request) {
        try (InputStream in = OpenApi.class.getResourceAsStream("/io/github/thumbkeeper/console/openapi.json")) {
            return new Answer.Content(200, "application/json", Map.of(), in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the token for changes with this certificate. A page of another site cannot read it. */
    public static Answer token(ConsoleRequest request) {
        return Json.of(
                Map.of("token", request.user().token(), "editor", request.user().isEditor()), Map.of());
    }
}
