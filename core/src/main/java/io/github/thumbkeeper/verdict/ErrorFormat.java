/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.verdict;

/** Formats of the body of an error response. */
public enum ErrorFormat {
    /** Chosen by the request's Accept field: HTML if that is preferred, otherwise a problem document. */
    AUTO,
    /** A problem document, RFC 9457. */
    PROBLEM,
    /** A small HTML page. */
    HTML,
    /** The container's or the application's own error page. */
    CONTAINER
}
