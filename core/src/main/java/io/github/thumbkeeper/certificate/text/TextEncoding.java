/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The one rule for the encoding of text files: UTF-8, with or without a byte order mark.
 *
 * <p>UTF-16, which some Windows tools write, is only recognised so that a message can name it. Thread-safe.
 */
public final class TextEncoding {

    private static final int MARK_LENGTH = 3;
    private static final int BYTE_ORDER_MARK = 0xFEFF;
    private static final int SWAPPED_MARK = 0xFFFE;

    private TextEncoding() {}

    /** Returns the index of the first byte after the UTF-8 byte order mark; {@code from} if there is none. */
    public static int skipMark(byte[] bytes, int from, int to) {
        boolean marked = to - from >= MARK_LENGTH
                && bytes[from] == (byte) 0xEF
                && bytes[from + 1] == (byte) 0xBB
                && bytes[from + 2] == (byte) 0xBF;
        return marked ? from + MARK_LENGTH : from;
    }

    /** Returns the text without its byte order mark. Throws if the bytes are not UTF-8. */
    public static String decode(byte[] bytes) throws CharacterCodingException {
        int start = skipMark(bytes, 0, bytes.length);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes, start, bytes.length - start))
                .toString();
    }

    /** Returns whether the bytes begin like UTF-16: with a byte order mark, or with one ASCII character in two bytes. */
    public static boolean isUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int first = (bytes[0] & 0xFF) << 8 | (bytes[1] & 0xFF);
        boolean marked = first == BYTE_ORDER_MARK || first == SWAPPED_MARK;
        boolean ascii = ((first & 0xFF80) == 0 && first > 0x08) || ((first & 0x80FF) == 0 && first > 0x08FF);
        return marked || ascii;
    }
}
