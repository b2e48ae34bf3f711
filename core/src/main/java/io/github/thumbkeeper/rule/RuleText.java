/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.text.Placeholder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Splits the text of rules: {@code attribute=value} separated by blanks, each rule ended by a semicolon or a line break, a
 * line that begins with {@code #} being a comment. Values with blanks, commas, semicolons or quotes stand in quotes of
 * either kind, without any escape. Used by one thread.
 */
final class RuleText {

    private static final String ACCEPTED =
            "accepted are attributes such as common-name=alice or roles=\"a,b\", separated"
                    + " by blanks, and rules separated by semicolons or line breaks";

    private final String text;
    private final boolean comments;
    private int at;

    /**
     * Begins to read.
     *
     * @param comments whether there may be comments: an XML attribute has no lines, so that one would never end
     */
    RuleText(String text, boolean comments) {
        this.text = text;
        this.comments = comments;
    }

    /** Returns the attributes of the next rule, in their order; empty if there is only a comment or nothing. */
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

    /** Goes on behind a rule that could not be read. */
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
            throw new BadClaimException(key, "has no value behind it; " + ACCEPTED);
        }
        at++;
        return Attribute.named(key)
                .orElseThrow(() -> new BadClaimException(key, "is unknown; accepted are " + Attribute.names()));
    }

    private String value(Attribute attribute) throws BadClaimException {
        boolean quoted = !isAtEnd() && isQuote(text.charAt(at));
        String value = quoted ? quoted(attribute) : bare(attribute);
        if (value.isBlank()) {
            throw new BadClaimException("[" + attribute.key() + "] has an empty value; " + ACCEPTED);
        }
        if (!value.equals(value.strip()) || Placeholder.isIn(value)) {
            throw new BadClaimException(
                    value,
                    "is the value of [" + attribute.key()
                            + "]; accepted is one without blanks around it and without a placeholder");
        }
        return value;
    }

    private String quoted(Attribute attribute) throws BadClaimException {
        char quote = text.charAt(at++);
        int start = at;
        while (!isAtEnd() && text.charAt(at) != quote && !isEndOfLine(text.charAt(at))) {
            at++;
        }
        if (isAtEnd() || text.charAt(at) != quote) {
            at = start - 1;
            throw new BadClaimException("[" + attribute.key() + "] has a quote that does not end; " + ACCEPTED);
        }
        String value = text.substring(start, at++);
        if (!isAtEnd() && !isBlank(text.charAt(at)) && !isEndOfRule(text.charAt(at))) {
            throw new BadClaimException("[" + attribute.key() + "] goes on behind its closing quote; " + ACCEPTED);
        }
        return value;
    }

    private String bare(Attribute attribute) throws BadClaimException {
        int start = at;
        while (!isAtEnd() && !isBlank(text.charAt(at)) && !isEndOfRule(text.charAt(at))) {
            char c = text.charAt(at);
            if (isQuote(c) || c == ',') {
                throw new BadClaimException("[" + attribute.key()
                        + "] has a comma or a quote in a value without quotes around it; " + ACCEPTED);
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

    /** Returns attributes as rules write them. */
    static String write(Map<Attribute, String> attributes) {
        List<String> written = new ArrayList<>();
        attributes.forEach((attribute, value) -> written.add(attribute.key() + "=" + quotedIfNeeded(value)));
        return String.join(" ", written);
    }

    private static String quotedIfNeeded(String value) {
        char quote = value.indexOf('"') < 0 ? '"' : '\'';
        return value.chars().anyMatch(c -> c == ',' || isQuote((char) c) || isBlank((char) c) || c == ';')
                ? quote + value + quote
                : value;
    }
}
