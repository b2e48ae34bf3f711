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
 * Header fields that were removed from a request so that the application does not see them. They are kept for the next gate and
 * for asynchronous dispatches, because every gate must decide from the header fields that the peer sent.
 */
final class RemovedHeaders {

    private static final String NOTE = RemovedHeaders.class.getName();

    private RemovedHeaders() {}

    /** Returns the values by case-insensitive name. */
    @SuppressWarnings("unchecked") // only this class sets the note
    static Map<String, List<String>> of(Request request) {
        Object removed = request.getNote(NOTE);
        return removed instanceof Map ? (Map<String, List<String>>) removed : Map.of();
    }

    /** Removes the header fields with these names, and keeps their values. */
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
