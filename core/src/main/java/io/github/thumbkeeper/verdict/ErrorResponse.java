/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.verdict;

import java.util.Map;
import java.util.UUID;

/**
 * What is sent instead of the application's response.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param template all of it but the id
 * @param id the correlation id, which the log line carries too; it is no secret
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

    /** Returns the form of the body. */
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
