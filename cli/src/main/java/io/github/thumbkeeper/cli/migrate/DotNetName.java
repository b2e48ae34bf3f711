/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Converts a distinguished name from the text form of .NET, which API Management compares, to that of RFC 2253.
 *
 * <p>.NET puts a value with a separator in quotes and doubles the quotes in it; RFC 2253 has backslashes. Some keywords differ.
 */
final class DotNetName {

    /** Keywords of X500DistinguishedName that the JDK does not know, or knows for another attribute (RFC 4519). */
    private static final Map<String, String> KEYWORDS =
            Map.of("S", "ST", "G", "GIVENNAME", "SN", "SURNAME", "I", "INITIALS", "E", "EMAILADDRESS");

    private static final String SEPARATORS = ",+;";

    private final String text;
    private int at;

    private DotNetName(String text) {
        this.text = text;
    }

    /**
     * Converts a name.
     *
     * @throws IllegalArgumentException if the text does not consist of parts such as {@code CN=alice}
     */
    static String toRfc2253(String text) {
        return new DotNetName(text).convert();
    }

    private String convert() {
        List<String> parts = new ArrayList<>();
        String separator = "";
        do {
            parts.add(separator + part());
            separator = at < text.length() && text.charAt(at) == '+' ? "+" : ",";
        } while (at++ < text.length());
        return String.join("", parts);
    }

    private String part() {
        int equals = text.indexOf('=', at);
        String keyword = equals < 0 ? "" : text.substring(at, equals).strip();
        if (!keyword.matches("[A-Za-z]+|(OID\\.)?[0-9]+(\\.[0-9]+)+")) {
            throw new IllegalArgumentException("a part of the name has no keyword");
        }
        at = equals + 1;
        return KEYWORDS.getOrDefault(keyword, keyword) + "=" + escaped(value());
    }

    private String value() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return at < text.length() && text.charAt(at) == '"' ? quoted() : bare();
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length(); at++) {
            if (text.charAt(at) != '"') {
                value.append(text.charAt(at));
            } else if (text.startsWith("\"", at + 1)) {
                value.append(text.charAt(at++));
            } else {
                at++;
                if (!bare().isBlank()) {
                    throw new IllegalArgumentException("a value continues after its quotes");
                }
                return value.toString();
            }
        }
        throw new IllegalArgumentException("a quote is not closed");
    }

    private String bare() {
        int start = at;
        while (at < text.length() && SEPARATORS.indexOf(text.charAt(at)) < 0) {
            if (text.charAt(at) == '"' || text.charAt(at) == '\\') {
                throw new IllegalArgumentException("a value has a quote or a backslash");
            }
            at++;
        }
        return text.substring(start, at).strip();
    }

    private static String escaped(String value) {
        if (value.isEmpty() || !value.equals(value.strip())) {
            throw new IllegalArgumentException("a value is empty, or begins or ends with a blank");
        }
        String escaped = value.replaceAll("[,+\"\\\\<>;=]", "\\\\$0");
        return escaped.startsWith("#") ? "\\" + escaped : escaped;
    }
}
