/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Cursor over the characters of a document. Not thread-safe.
 *
 * <p>In an attribute and in a text, an entity, such as that of a quote, counts as one character. API Management stores policies both with
 * entities and without, so that a raw {@code &&} is allowed in an expression.
 */
final class SourceReader {

    /** Marks the end of the document; XML does not allow this character. */
    static final char END = '\0';

    private static final Map<String, String> ENTITIES =
            Map.of("lt", "<", "gt", ">", "amp", "&", "quot", "\"", "apos", "'");
    private static final int LONGEST_ENTITY = 10;

    private final String source;
    private int index;

    SourceReader(String source) {
        this.source = source;
    }

    int index() {
        return index;
    }

    boolean isAtEnd() {
        return index >= source.length();
    }

    boolean startsWith(String text) {
        return source.startsWith(text, index);
    }

    /** Returns the raw character, or {@link #END}. */
    char raw() {
        return isAtEnd() ? END : source.charAt(index);
    }

    /** Returns the raw characters from an index up to this place. */
    String from(int start) {
        return source.substring(start, index);
    }

    /** Returns the characters of an expression. */
    static String decoded(String expression) {
        SourceReader reader = new SourceReader(expression);
        StringBuilder decoded = new StringBuilder();
        while (!reader.isAtEnd()) {
            decoded.append(reader.next());
        }
        return decoded.toString();
    }

    void skip(int characters) {
        index += characters;
    }

    void skipBlanks() {
        while (isBlank(raw())) {
            index++;
        }
    }

    static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    /** Skips a part of the document up to and including its last characters. */
    String skipPast(String end, String what) throws PolicyException {
        int start = index;
        int found = source.indexOf(end, index);
        if (found < 0) {
            throw new PolicyException(start, what + " does not end; expected " + end);
        }
        index = found + end.length();
        return source.substring(start, found);
    }

    /** Returns the next character of an expression, in which a lone {@code &} is allowed; or {@link #END}. */
    char peek() {
        String entity = entity();
        return entity == null ? raw() : entity.charAt(0);
    }

    /** Returns the next character of an expression and moves on. */
    char next() {
        char c = peek();
        skipCharacter();
        return c;
    }

    /** Returns the next characters of an attribute or a text, in which {@code &} begins an entity, and moves on. */
    String nextText() throws PolicyException {
        String entity = entity();
        if (entity == null && raw() == '&') {
            throw new PolicyException(index, "[&] does not begin a known entity; expected &amp;");
        }
        String text = entity == null ? String.valueOf(raw()) : entity;
        skipCharacter();
        return text;
    }

    private void skipCharacter() {
        if (entity() == null) {
            index++;
        } else {
            index = source.indexOf(';', index) + 1;
        }
    }

    private @Nullable String entity() {
        if (raw() != '&') {
            return null;
        }
        String rest = source.substring(index + 1, Math.min(source.length(), index + LONGEST_ENTITY));
        int end = rest.indexOf(';');
        if (end < 0) {
            return null;
        }
        String name = rest.substring(0, end);
        return name.startsWith("#") ? character(name.substring(1)) : ENTITIES.get(name);
    }

    /** Returns the character of a numeric reference of the basic plane, or null. */
    private static @Nullable String character(String digits) {
        boolean hex = digits.startsWith("x");
        String number = hex ? digits.substring(1) : digits;
        if (!number.matches(hex ? "[0-9A-Fa-f]{1,4}" : "[0-9]{1,5}")) {
            return null;
        }
        int code = Integer.parseInt(number, hex ? 16 : 10);
        boolean allowed = (code >= ' ' && code < 0xD800) || (code > 0xDFFF && code < 0xFFFE) || isBlank((char) code);
        return allowed ? String.valueOf((char) code) : null;
    }
}
