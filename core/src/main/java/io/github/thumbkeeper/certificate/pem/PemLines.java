/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import java.nio.charset.StandardCharsets;

/**
 * The lines of a text, without the blanks around them. Nothing is copied: a file may have millions of lines.
 *
 * <p>A line ends with LF, CR or both. Not thread-safe.
 */
final class PemLines {

    private final byte[] text;
    /** Index of the next line. */
    private int next;

    private int number;
    private int start;
    private int end;

    PemLines(byte[] text, int start) {
        this.text = text;
        this.next = start;
    }

    /** Moves to the next line; returns whether there is one. */
    boolean next() {
        if (next == text.length) {
            return false;
        }
        number++;
        start = next;
        while (next < text.length && !isBreak(text[next])) {
            next++;
        }
        end = next;
        if (next < text.length) {
            next += text[next] == '\r' && next + 1 < text.length && text[next + 1] == '\n' ? 2 : 1;
        }
        strip();
        return true;
    }

    private static boolean isBreak(byte b) {
        return b == '\n' || b == '\r';
    }

    private void strip() {
        while (start < end && isBlank(text[start])) {
            start++;
        }
        while (start < end && isBlank(text[end - 1])) {
            end--;
        }
    }

    private static boolean isBlank(byte b) {
        return b >= 0 && b <= ' ' && Character.isWhitespace(b);
    }

    /** Returns the number of the line; the first is 1. */
    int number() {
        return number;
    }

    /** Returns the line as text in ISO 8859-1. */
    String text() {
        return new String(text, start, end - start, StandardCharsets.ISO_8859_1);
    }

    boolean startsWith(String part) {
        return isAt(start, part);
    }

    boolean contains(String part) {
        for (int i = start; i <= end - part.length(); i++) {
            if (isAt(i, part)) {
                return true;
            }
        }
        return false;
    }

    private boolean isAt(int index, String part) {
        if (part.length() > end - index) {
            return false;
        }
        for (int i = 0; i < part.length(); i++) {
            if (text[index + i] != part.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** Appends the line to a block if it is base64, and returns whether it is. */
    boolean appendTo(Base64Lines block) {
        return block.append(text, start, end);
    }
}
