/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.web;

import java.util.List;
import java.util.Map;

/** A request that cannot be answered as asked; the servlet turns it into an error page or problem+json (RFC 9457). */
public final class HttpProblem extends Exception {

    private final int status;
    private final String key;
    private final List<String> details;
    private final Map<String, String> headers;

    /**
     * Creates a problem.
     *
     * @param status the HTTP status
     * @param key the key of its text, after {@code problem.}
     * @param details sentences for the reader
     */
    public HttpProblem(int status, String key, List<String> details) {
        this(status, key, details, Map.of());
    }

    /** Creates a problem whose answer has further header fields. */
    public HttpProblem(int status, String key, List<String> details, Map<String, String> headers) {
        super(key, null, false, false);
        this.status = status;
        this.key = key;
        this.details = List.copyOf(details);
        this.headers = Map.copyOf(headers);
    }

    /** Returns the HTTP status. */
    public int status() {
        return status;
    }

    /** Returns the key of the text. */
    public String key() {
        return key;
    }

    /** Returns sentences for the reader. */
    public List<String> details() {
        return details;
    }

    /** Returns further header fields. */
    public Map<String, String> headers() {
        return headers;
    }
}
