/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.text.Placeholder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Splits the text of rules into attributes. A rule has the form {@code attribute=value}, repeated and separated by blanks, and ends
 * at a semicolon or line break. In files, a line that starts with {@code #} is a comment. A value with blanks, commas, semicolons or
 * quotes needs quotes around it, single or double. There is no escape character, but in a distinguished name a backslash protects
 * the quote that follows, because OpenSSL prints one so (RFC 4514 section 2.4). Not thread-safe.
 */
final class RuleText {

    private static final String EXPECTED = "expected attributes such as common-name=alice or roles=\"a,b\", separated"
            + " by blanks, and rules separated by semicolons or line breaks";

    private static final Pattern ESCAPE = Pattern.compile("\\\\.");

    private final String text;
    private final boolean comments;
    private int at;

    /**
     * Starts at the beginning of a text.
     *
     * @param comments whether comments are allowed. An XML attribute has no lines, so a comment there would never end
     */
    RuleText(String text, boolean comments) {
        this.text = text;
        this.comments = comments;
    }

    /** Returns the attributes of the next rule; empty for a comment or an empty rule. */
    Map<Attribute, String> next() throws BadClaimException {
        Map<Attribute, String> attributes = new EnumMap<>(Attribute.class);
        skipBlanks();
        if (comments && !isAtEnd() && text.charAt(at) == '#') {
            skipLine();
        }
        while (!isAtEnd() && !isEndOfRule(text.charAt(at))) {
            Attribute attribute = attribute();
            if (attributes.putIfAbsent(attribute, value(attribute)) != null) {
                throw new BadClaimException(
                        "has [" + attribute.key() + "] twice; write another rule for another value");
            }
            skipBlanks();
        }
        at++;
        return attributes;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    /** Skips the rest of a rule that could not be read. */
    void skipRule() {
        char quote = 0;
        while (!isAtEnd()) {
            char c = text.charAt(at++);
            if (c == '\n' || c == '\r' || (quote == 0 && c == ';')) {
                return;
            }
            quote = quote == c ? 0 : quote == 0 && isQuote(c) ? c : quote;
        }
    }

    private Attribute attribute() throws BadClaimException {
        int start = at;
        while (!isAtEnd() && text.charAt(at) != '=' && !isBlank(text.charAt(at)) && !isEndOfRule(text.charAt(at))) {
            at++;
        }
        String key = text.substring(start, at);
        if (isAtEnd() || text.charAt(at) != '=') {
            throw new BadClaimException(key, "has no value; " + EXPECTED);
        }
        at++;
        return Attribute.named(key)
                .orElseThrow(() -> new BadClaimException(key, "is unknown; expected one of " + Attribute.names()));
    }

    private String value(Attribute attribute) throws BadClaimException {
        boolean quoted = !isAtEnd() && isQuote(text.charAt(at));
        String value = quoted ? quoted(attribute) : bare(attribute);
        if (value.isBlank()) {
            throw new BadClaimException("[" + attribute.key() + "] has an empty value; " + EXPECTED);
        }
        // A name may end with a blank after a backslash; its parser ignores other blanks around it.
        boolean outerBlanks = !attribute.isDistinguishedName() && !value.equals(value.strip());
        if (outerBlanks || Placeholder.isIn(value)) {
            throw new BadClaimException(
                    value,
                    "is the value of [" + attribute.key()
                            + "]; expected a value without blanks around it and without a placeholder");
        }
        return value;
    }

    private String quoted(Attribute attribute) throws BadClaimException {
        char quote = text.charAt(at++);
        int start = at;
        while (!isAtEnd() && text.charAt(at) != quote && !isEndOfLine(text.charAt(at))) {
            boolean escape = attribute.isDistinguishedName()
                    && text.charAt(at) == '\\'
                    && at + 1 < text.length()
                    && !isEndOfLine(text.charAt(at + 1));
            at += escape ? 2 : 1;
        }
        if (isAtEnd() || text.charAt(at) != quote) {
            at = start - 1;
            throw new BadClaimException("[" + attribute.key() + "] has a quote that does not end; " + EXPECTED);
        }
        String value = text.substring(start, at++);
        if (!isAtEnd() && !isBlank(text.charAt(at)) && !isEndOfRule(text.charAt(at))) {
            throw new BadClaimException("[" + attribute.key() + "] continues after its closing quote; " + EXPECTED);
        }
        return value;
    }

    private String bare(Attribute attribute) throws BadClaimException {
        int start = at;
        while (!isAtEnd() && !isBlank(text.charAt(at)) && !isEndOfRule(text.charAt(at))) {
            char c = text.charAt(at);
            if (isQuote(c) || c == ',') {
                throw new BadClaimException("[" + attribute.key()
                        + "] has a comma or a quote in a value without quotes around it; " + EXPECTED);
            }
            at++;
        }
        return text.substring(start, at);
    }

    private void skipBlanks() {
        while (!isAtEnd() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private void skipLine() {
        while (!isAtEnd() && !isEndOfLine(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    private static boolean isEndOfLine(char c) {
        return c == '\n' || c == '\r';
    }

    private static boolean isEndOfRule(char c) {
        return c == ';' || isEndOfLine(c);
    }

    /** Returns attributes in the syntax of rules. */
    static String write(Map<Attribute, String> attributes) {
        List<String> written = new ArrayList<>();
        attributes.forEach((attribute, value) -> written.add(attribute.key() + "=" + quotedIfNeeded(attribute, value)));
        return String.join(" ", written);
    }

    private static String quotedIfNeeded(Attribute attribute, String value) {
        String bare = attribute.isDistinguishedName() ? ESCAPE.matcher(value).replaceAll("") : value;
        char quote = bare.indexOf('"') < 0 ? '"' : '\'';
        return value.chars().anyMatch(c -> c == ',' || isQuote((char) c) || isBlank((char) c) || c == ';')
                ? quote + value + quote
                : value;
    }
}
