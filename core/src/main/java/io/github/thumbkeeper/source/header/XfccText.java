/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import java.util.ArrayList;
import java.util.List;

/**
 * The elements of {@code X-Forwarded-Client-Cert}: they are separated by commas, their pairs by semicolons, and values may
 * be quoted. Not thread-safe; used once.
 */
final class XfccText {

    private final String text;
    private int at;

    XfccText(String text) {
        this.text = text;
    }

    List<XfccElement> elements() throws BadHeaderException {
        List<XfccElement> all = new ArrayList<>(1);
        do {
            all.add(element());
        } while (skip(','));
        if (at < text.length()) {
            throw new BadHeaderException("has text after a quoted value");
        }
        return all;
    }

    private XfccElement element() throws BadHeaderException {
        XfccElement element = new XfccElement();
        while (skip(' ')) {
            // A proxy that joins lines of the field writes a blank after the comma.
        }
        do {
            int end = keyEnd();
            if (end == at || end == text.length() || text.charAt(end) != '=') {
                element.addOther(text.length() - at);
                throw new BadHeaderException("has no pairs of key and value");
            }
            String key = text.substring(at, end);
            at = end + 1;
            element.put(key, skip('"') ? quoted() : plain());
        } while (skip(';'));
        return element;
    }

    /** Returns the index after a key, which has letters only; base64 has other characters before its padding. */
    private int keyEnd() {
        int end = at;
        while (end < text.length() && Character.isLetter(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /**
     * Envoy writes a backslash before a quote, and does not double an existing one: after two backslashes a quote may or may not end
     * the value.
     */
    private String quoted() throws BadHeaderException {
        StringBuilder value = new StringBuilder();
        int backslashes = 0;
        for (; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' && backslashes == 0) {
                at++;
                return value.toString();
            }
            if (c == '"' && backslashes > 1) {
                throw new BadHeaderException("has a quote that may or may not end a value");
            }
            if (c == '"') {
                value.setLength(value.length() - 1);
            }
            backslashes = c == '\\' ? backslashes + 1 : 0;
            value.append(c);
        }
        throw new BadHeaderException("has a value whose quotes do not end");
    }

    private String plain() throws BadHeaderException {
        int start = at;
        while (at < text.length() && ";,".indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at);
            if (c <= ' ' || c > '~' || c == '"') {
                throw new BadHeaderException("has a character that needs quotes");
            }
            at++;
        }
        return text.substring(start, at);
    }

    private boolean skip(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }
}
