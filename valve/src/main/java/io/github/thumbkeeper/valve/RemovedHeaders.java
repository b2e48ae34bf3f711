/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.source.HeaderNames;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.catalina.connector.Request;

/**
 * Header fields that were taken from a request so that the application does not see them. They are kept for the next gate on
 * the request's way, and for its asynchronous dispatches: whoever decides decides by what was sent.
 */
final class RemovedHeaders {

    private static final String NOTE = RemovedHeaders.class.getName();

    private RemovedHeaders() {}

    /** Returns the values by name, in whatever case. */
    @SuppressWarnings("unchecked") // only this class sets the note
    static Map<String, List<String>> of(Request request) {
        Object removed = request.getNote(NOTE);
        return removed instanceof Map ? (Map<String, List<String>>) removed : Map.of();
    }

    static void remove(Request request, HeaderNames names) {
        if (names.isEmpty()) {
            return;
        }
        for (String name : Collections.list(request.getHeaderNames())) {
            if (names.covers(name)) {
                keep(request, name);
                request.getCoyoteRequest().getMimeHeaders().removeHeader(name);
            }
        }
    }

    private static void keep(Request request, String name) {
        Map<String, List<String>> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(of(request));
        List<String> values = new ArrayList<>(Collections.list(request.getHeaders(name)));
        all.putIfAbsent(name, values);
        request.setNote(NOTE, all);
    }
}
