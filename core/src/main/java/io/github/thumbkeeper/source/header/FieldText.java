/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

/** The text of a header field. */
final class FieldText {

    private FieldText() {}

    /** Takes the optional white space of RFC 9110 (section 5.6.3) from both ends. */
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

    /** Returns whether a proxy says by this value that there is no certificate; httpd writes {@code (null)}. */
    static boolean isNothing(String trimmed) {
        return trimmed.isEmpty() || trimmed.equals("(null)") || trimmed.equals("-");
    }

    /** Returns whether there is nothing but printable ASCII, blanks and tabs; no proxy writes anything else. */
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
