/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Text of one assignment of roles, split from a setting or a properties file. Not thread-safe.
 *
 * <p>In a properties file a backslash makes the next character an ordinary one, or continues the line; a colon separates as
 * {@code =} does; and a line that begins with {@code #} or {@code !} is a comment.
 */
final class RoleText {

    private final String text;
    /** The characters that were written with a backslash, and so separate and quote nothing. */
    private final BitSet escaped;

    private final int line;
    private final String separators;
    private final boolean badEscape;
    private boolean unquoted;
    private int at;

    private RoleText(String text) {
        this.text = text;
        this.escaped = new BitSet();
        this.line = 0;
        this.separators = "=";
        this.badEscape = false;
    }

    private RoleText(LogicalLine from, int line) {
        this.text = from.text.toString();
        this.escaped = from.escaped;
        this.line = line;
        this.separators = "=:";
        this.badEscape = from.badEscape;
        skipBlanks();
    }

    /** Collects a line of a properties file and those that continue it, without their backslashes. */
    private static final class LogicalLine {
        private final StringBuilder text = new StringBuilder();
        private final BitSet escaped = new BitSet();
        private boolean badEscape;

        /** Appends a line; returns whether the next one continues it. */
        boolean append(String all, int from, int to) {
            for (int i = from; i < to; i++) {
                char c = all.charAt(i);
                if (c != '\\') {
                    text.append(c);
                    continue;
                }
                if (++i == to) {
                    return true;
                }
                escaped.set(text.length());
                if (all.charAt(i) == 'u' && isHex(all, i + 1, to)) {
                    text.append((char) Integer.parseInt(all, i + 1, i + 5, 16));
                    i += 4;
                } else {
                    // Properties would drop the backslash of DOMAIN\name, which must be written twice.
                    badEscape |= Character.isLetterOrDigit(all.charAt(i));
                    text.append(all.charAt(i));
                }
            }
            return false;
        }
    }

    /** Splits a setting at semicolons and line breaks outside of quotes. */
    static List<RoleText> ofSetting(String text) {
        List<RoleText> parts = new ArrayList<>();
        char quote = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '\n';
            if (c == '\n' || c == '\r' || (c == ';' && quote == 0)) {
                addSetting(parts, text.substring(start, i));
                start = i + 1;
                quote = 0;
            } else if (quote == 0 && isQuote(c)) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            }
        }
        return parts;
    }

    private static void addSetting(List<RoleText> parts, String part) {
        if (!part.isBlank()) {
            parts.add(new RoleText(part.strip()));
        }
    }

    /** Splits a properties file into its logical lines, without comments and blank lines. */
    static List<RoleText> ofFile(String text) {
        List<RoleText> lines = new ArrayList<>();
        int number = 0;
        int at = 0;
        while (at < text.length()) {
            int first = ++number;
            LogicalLine logical = new LogicalLine();
            boolean comment = isComment(text, at);
            boolean continued = false;
            do {
                int end = endOfLine(text, at);
                int start = continued ? skipBlanks(text, at, end) : at;
                continued = !comment && logical.append(text, start, end);
                at = end + (text.startsWith("\r\n", end) ? 2 : 1);
                number += continued && at < text.length() ? 1 : 0;
            } while (continued && at < text.length());
            if (!comment && !logical.text.toString().isBlank()) {
                lines.add(new RoleText(logical, first));
            }
        }
        return lines;
    }

    private static boolean isComment(String text, int at) {
        int start = skipBlanks(text, at, text.length());
        return start < text.length() && (text.charAt(start) == '#' || text.charAt(start) == '!');
    }

    private static boolean isHex(String text, int from, int to) {
        return from + 4 <= to && text.substring(from, from + 4).matches("[0-9a-fA-F]{4}");
    }

    private static int endOfLine(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private static int skipBlanks(String text, int from, int to) {
        int start = from;
        while (start < to && isBlank(text.charAt(start))) {
            start++;
        }
        return start;
    }

    /** Returns the number of the line in the file. */
    int line() {
        return line;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    /** Returns whether a quote comes next. */
    boolean isQuoted() {
        return !isAtEnd() && isQuote(text.charAt(at)) && !escaped.get(at);
    }

    /** Returns the text in quotes that comes next; without a closing quote, everything up to the end. */
    String quoted() {
        char quote = text.charAt(at++);
        int start = at;
        while (!isAtEnd() && (text.charAt(at) != quote || escaped.get(at))) {
            at++;
        }
        return text.substring(start, isAtEnd() ? at : at++);
    }

    /** Returns the text up to the separator, or up to the end, without blanks after it. */
    String untilSeparator() {
        int start = at;
        while (!isAtEnd() && !isSeparator()) {
            at++;
        }
        int end = at;
        while (end > start && isBlank(text.charAt(end - 1)) && !escaped.get(end - 1)) {
            end--;
        }
        for (int i = start; i < end; i++) {
            unquoted |= " \t\"',;".indexOf(text.charAt(i)) >= 0 && !escaped.get(i);
        }
        return text.substring(start, end);
    }

    /** Returns whether {@link #untilSeparator} found a character that needs quotes, or in a file a backslash. */
    boolean lacksQuotes() {
        return unquoted;
    }

    /** Returns whether a backslash is before a letter or digit that it cannot be combined with. */
    boolean hasBadEscape() {
        return badEscape;
    }

    /** Skips a separator and the blanks around it; returns false if something else comes next. */
    boolean skipSeparator() {
        skipBlanks();
        if (isAtEnd() || !isSeparator()) {
            return false;
        }
        at++;
        skipBlanks();
        return true;
    }

    /** Returns the text up to the end. */
    String rest() {
        return text.substring(at);
    }

    private void skipBlanks() {
        at = skipBlanks(text, at, text.length());
    }

    private boolean isSeparator() {
        return separators.indexOf(text.charAt(at)) >= 0 && !escaped.get(at);
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    @Override
    public String toString() {
        return text;
    }
}
