/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.verdict;

import java.util.Map;
import java.util.UUID;

/**
 * Error response to send instead of the application's response.
 *
 * <p>Immutable and thread-safe.
 *
 * @param template the response without its id
 * @param id the correlation id, which is also in the log line; it is not a secret
 */
public record ErrorResponse(ErrorTemplate template, UUID id) {

    /** Returns the HTTP status. */
    public int status() {
        return template.status();
    }

    /** Returns the header fields to set. */
    public Map<String, String> headers() {
        return template.headers();
    }

    /** Returns the format of the body. */
    public ErrorFormat format() {
        return template.format();
    }

    /** Returns the problem document, RFC 9457, in UTF-8. */
    public byte[] problem() {
        return template.problem(id);
    }

    /** Returns the HTML page in UTF-8. */
    public byte[] html() {
        return template.html(id);
    }
}
