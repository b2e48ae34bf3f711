/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

/** Recognises certificates and private keys that were pasted where they do not belong, so that no message repeats them. */
public final class KeyMaterial {

    private static final int SHORTEST_BASE64 = 24;

    private KeyMaterial() {}

    /** Returns whether the text holds PEM armour, or base64 that begins like a DER object (a SEQUENCE, byte 30). */
    public static boolean isIn(String text) {
        return text.contains("-----BEGIN") || text.contains("KEY-----") || holdsDer(text);
    }

    private static boolean holdsDer(String text) {
        for (int i = text.indexOf('M'); i >= 0; i = text.indexOf('M', i + 1)) {
            if (beginsWord(text, i) && isDerAt(text, i)) {
                return true;
            }
        }
        return false;
    }

    /** Behind a prefix stands a digest, and that may begin with any character. */
    private static boolean beginsWord(String text, int i) {
        return i == 0
                || (" \t\r\n,;'".indexOf(text.charAt(i - 1)) >= 0)
                || (text.charAt(i - 1) == '"' && !text.startsWith("=", Math.max(0, i - 2)));
    }

    private static boolean isDerAt(String text, int start) {
        if (start + SHORTEST_BASE64 > text.length() || text.charAt(start + 1) < 'A' || text.charAt(start + 1) > 'P') {
            return false;
        }
        return text.substring(start, start + SHORTEST_BASE64).chars().allMatch(KeyMaterial::isBase64);
    }

    private static boolean isBase64(int c) {
        return (c >= 'A' && c <= 'Z')
                || (c >= 'a' && c <= 'z')
                || (c >= '0' && c <= '9')
                || c == '+'
                || c == '/'
                || c == '-'
                || c == '_';
    }
}
