/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import java.util.HexFormat;

/**
 * Decodes percent-encoding (RFC 3986 section 2.1) exactly once. A {@code +} stays a {@code +}: the decoder of the JDK replaces it by
 * a blank, which breaks base64. Thread-safe.
 */
final class PercentEncoding {

    private PercentEncoding() {}

    static String decode(String text) throws BadHeaderException {
        StringBuilder decoded = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~') {
                throw new BadHeaderException("has a character that is not percent-encoded");
            }
            if (c == '%') {
                decoded.append(triplet(text, i));
                i += 2;
            } else {
                decoded.append(c);
            }
        }
        return decoded.toString();
    }

    private static char triplet(String text, int start) throws BadHeaderException {
        if (start + 2 >= text.length()
                || !HexFormat.isHexDigit(text.charAt(start + 1))
                || !HexFormat.isHexDigit(text.charAt(start + 2))) {
            throw new BadHeaderException("has a % without two hex digits");
        }
        return (char) HexFormat.fromHexDigits(text, start + 1, start + 3);
    }
}
