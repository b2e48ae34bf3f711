/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import java.util.Collections;
import java.util.Enumeration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the Accept field (RFC 9110 section 12.5.1) just far enough to choose between HTML and a problem document. */
final class Accept {

    private static final int MOST_RANGES = 64;

    private Accept() {}

    /** Returns whether the client names HTML and prefers it to any JSON. */
    static boolean prefersHtml(@Nullable Enumeration<String> fields) {
        double html = 0;
        double json = 0;
        int ranges = 0;
        for (String field : fields == null ? Collections.<String>emptyList() : Collections.list(fields)) {
            for (String range : field.split(",", MOST_RANGES)) {
                String type = range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
                if (type.equals("text/html")) {
                    html = Math.max(html, quality(range));
                } else if (type.endsWith("/json") || type.endsWith("+json")) {
                    json = Math.max(json, quality(range));
                }
                if (++ranges > MOST_RANGES) {
                    return false;
                }
            }
        }
        return html > json;
    }

    private static double quality(String range) {
        for (String parameter : range.split(";", MOST_RANGES)) {
            String text = parameter.strip();
            if (text.startsWith("q=") || text.startsWith("Q=")) {
                return parse(text.substring(2));
            }
        }
        return 1;
    }

    private static double parse(String weight) {
        return weight.matches("(0(\\.[0-9]{0,3})?|1(\\.0{0,3})?)") ? Double.parseDouble(weight) : 0;
    }
}
