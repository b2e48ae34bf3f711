/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.web;

import java.util.Map;

/** Answer to a request. Immutable and thread-safe. */
public sealed interface Answer {

    /**
     * A page.
     *
     * @param status the HTTP status
     * @param section the entry of the navigation that is current, also the key of the title
     * @param template the name of the template, without path and ending
     * @param model its parameter {@code model}
     */
    record Page(int status, String section, String template, Object model) implements Answer {

        /** Makes a page whose template has the name of its section. */
        public static Page of(String section, Object model) {
            return new Page(200, section, section, model);
        }
    }

    /**
     * A redirection to a page after a change (303, RFC 9110 section 15.4.4).
     *
     * @param location the path and query within the console
     */
    record SeeOther(String location) implements Answer {}

    /**
     * Content other than a page.
     *
     * @param status the HTTP status
     * @param type the media type
     * @param headers further header fields
     * @param body the content
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Content(int status, String type, Map<String, String> headers, byte[] body) implements Answer {
        public Content {
            headers = Map.copyOf(headers);
        }
    }
}
