/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import io.github.thumbkeeper.console.web.Action;

/**
 * A row of the table of routes.
 *
 * @param method {@code GET}, {@code POST}, {@code PUT} or {@code DELETE}; {@code HEAD} is answered like {@code GET}
 * @param path the path within the console; a star at its end is one more part, which the action gets decoded
 * @param access who may use it
 * @param action answers the request
 */
record Route(String method, String path, Access access, Action action) {

    /** Who may use a route, and what else a request needs. */
    enum Access {
        /** Viewers and editors. */
        VIEW,
        /** Viewers and editors, with the token in the form: the request changes nothing, but takes a certificate. */
        ASK,
        /** Editors, with the token in the form. */
        CHANGE,
        /** Editors, with the token in a header field. */
        CHANGE_BY_SCRIPT
    }

    boolean matches(String requested) {
        if (!path.endsWith("*")) {
            return path.equals(requested);
        }
        String start = path.substring(0, path.length() - 1);
        return requested.startsWith(start)
                && requested.length() > start.length()
                && requested.indexOf('/', start.length()) < 0;
    }

    boolean hasVariable() {
        return path.endsWith("*");
    }

    /** Returns the variable part of a requested path, still encoded. */
    String variable(String requested) {
        return hasVariable() ? requested.substring(path.length() - 1) : "";
    }

    boolean isApi() {
        return path.startsWith("/api/");
    }
}
