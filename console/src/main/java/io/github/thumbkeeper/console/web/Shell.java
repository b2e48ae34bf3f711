/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.web;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * Everything that all pages show.
 *
 * <p>Immutable and thread-safe.
 *
 * @param texts the texts
 * @param base the path of the console on its server, without a slash at the end
 * @param user the administrator
 * @param section the current section, such as {@code entries}
 * @param now the time of the request
 * @param notice the key of a notice about a change that was just made; empty for none
 * @param undo the number of the change that the notice offers to undo; empty for none
 */
public record Shell(Texts texts, String base, User user, String section, Instant now, String notice, String undo) {

    /** Sections of the navigation, in order. */
    public static final List<String> SECTIONS =
            List.of("entries", "upload", "refused", "gates", "expiry", "explain", "history");

    /** Returns the address of a path of the console. */
    public String href(String path) {
        return base + path;
    }

    /** Returns a value for the query of an address. */
    public String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    /** Returns a text. */
    public String t(String key, Object... values) {
        return texts.get(key, values);
    }
}
