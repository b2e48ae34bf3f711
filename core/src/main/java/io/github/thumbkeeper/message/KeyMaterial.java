/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

/** Recognises certificates and private keys in the wrong setting or file, so that no message repeats them. Thread-safe. */
public final class KeyMaterial {

    private static final int SHORTEST_WORD = 24;

    /** Longer than the base64 of any digest that may follow a prefix. */
    private static final int SHORTEST_ANYWHERE = 64;

    private KeyMaterial() {}

    /** Returns whether the text contains a PEM marker, or base64 that begins like DER (a SEQUENCE, byte 30). */
    public static boolean isIn(String text) {
        return text.contains("-----BEGIN") || text.contains("KEY-----") || holdsDer(text);
    }

    private static boolean holdsDer(String text) {
        for (int i = text.indexOf('M'); i >= 0; i = text.indexOf('M', i + 1)) {
            if (isDerAt(text, i, beginsWord(text, i) ? SHORTEST_WORD : SHORTEST_ANYWHERE)) {
                return true;
            }
        }
        return false;
    }

    private static boolean beginsWord(String text, int i) {
        return i == 0
                || (" \t\r\n,;'".indexOf(text.charAt(i - 1)) >= 0)
                || (text.charAt(i - 1) == '"' && !text.startsWith("=", Math.max(0, i - 2)));
    }

    private static boolean isDerAt(String text, int start, int length) {
        if (start + length > text.length() || text.charAt(start + 1) < 'A' || text.charAt(start + 1) > 'P') {
            return false;
        }
        for (int i = start; i < start + length; i++) {
            if (!isBase64(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBase64(char c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '-'
                || c == '_';
    }
}
