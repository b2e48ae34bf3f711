/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.output;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, lists, texts, numbers and booleans as JSON (RFC 8259). Characters outside of ASCII are escaped, so that no terminal
 * and no character set can change them.
 *
 * <p>Thread-safe.
 */
public final class Json {

    private static final String INDENT = "  ";

    private Json() {}

    /** Returns a value as JSON with a line break at the end; members keep the order of their map. */
    public static String text(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, "\n", out);
        return out.append('\n').toString();
    }

    private static void write(@Nullable Object value, String line, StringBuilder out) {
        if (value instanceof Map<?, ?> map) {
            writeAll(map.entrySet(), '{', '}', line, out);
        } else if (value instanceof Collection<?> list) {
            writeAll(list, '[', ']', line, out);
        } else if (value instanceof Map.Entry<?, ?> member) {
            writeText(String.valueOf(member.getKey()), out);
            out.append(": ");
            write(member.getValue(), line, out);
        } else if (value == null || value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            writeText(value.toString(), out);
        }
    }

    private static void writeAll(Collection<?> values, char open, char close, String line, StringBuilder out) {
        out.append(open);
        boolean first = true;
        for (Object each : values) {
            out.append(first ? "" : ",").append(line).append(INDENT);
            write(each, line + INDENT, out);
            first = false;
        }
        out.append(first ? "" : line).append(close);
    }

    private static void writeText(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c > '~') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
