/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

/** Rules for the text of a header field. Thread-safe. */
final class FieldText {

    private FieldText() {}

    /** Removes the optional white space of RFC 9110 section 5.6.3 from both ends. */
    static String trim(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && isSpace(value.charAt(start))) {
            start++;
        }
        while (start < end && isSpace(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    /** Returns whether a proxy writes this value if there is no certificate; httpd writes {@code (null)}. */
    static boolean isNothing(String trimmed) {
        return trimmed.isEmpty() || trimmed.equals("(null)") || trimmed.equals("-");
    }

    /** Returns whether the value has only printable ASCII, blanks and tabs; proxies write nothing else. */
    static boolean isPrintable(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }
}
