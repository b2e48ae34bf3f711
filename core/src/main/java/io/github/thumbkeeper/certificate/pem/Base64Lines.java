/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.pem;

import io.github.thumbkeeper.certificate.text.StrictBase64;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The base64 of one block after another, joined from its lines in a buffer that all blocks share. Not thread-safe. */
final class Base64Lines {

    private static final int MOST_PADDING = 2;
    private static final boolean[] ALPHABET = new boolean[1 << Byte.SIZE];

    static {
        byte[] all =
                "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".getBytes(StandardCharsets.US_ASCII);
        for (byte each : all) {
            ALPHABET[each] = true;
        }
    }

    private byte[] characters = new byte[4096];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    /** Appends a line if it has only characters of base64, with padding at most at its end; returns whether it has. */
    boolean append(byte[] text, int start, int end) {
        int padding = end;
        while (padding > start && end - padding < MOST_PADDING && text[padding - 1] == '=') {
            padding--;
        }
        for (int i = start; i < padding; i++) {
            if (!ALPHABET[text[i] & 0xFF]) {
                return false;
            }
        }
        int line = end - start;
        if (line > characters.length - length) {
            characters = Arrays.copyOf(characters, Math.max(2 * characters.length, Math.addExact(length, line)));
        }
        System.arraycopy(text, start, characters, length, line);
        length += line;
        return true;
    }

    /** Returns the bytes of the block, or null if it is not what an encoder writes. */
    byte @Nullable [] decode() {
        return StrictBase64.STANDARD.decode(characters, length);
    }
}
