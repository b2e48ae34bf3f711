/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The only base64 decoder of this library: accepts the one spelling that an encoder produces, without line breaks.
 *
 * <p>The decoder of the JDK also accepts missing padding, and a last character with bits that carry nothing. With these, many texts
 * would be one certificate or digest. Immutable and thread-safe.
 */
public final class StrictBase64 {

    /** Standard alphabet with padding (RFC 4648 section 4). */
    public static final StrictBase64 STANDARD = new StrictBase64("+/=", Base64.getDecoder(), Base64.getEncoder());

    /** Standard alphabet without padding, as structured fields may have it (RFC 8941 section 4.2.7). */
    public static final StrictBase64 UNPADDED =
            new StrictBase64("+/", Base64.getDecoder(), Base64.getEncoder().withoutPadding());

    /** URL-safe alphabet without padding (RFC 7515 section 2). */
    static final StrictBase64 URL = new StrictBase64(
            "-_", Base64.getUrlDecoder(), Base64.getUrlEncoder().withoutPadding());

    private static final int CHARACTERS = 4;
    private static final int BYTES = 3;

    private final String special;
    private final Base64.Decoder decoder;
    private final Base64.Encoder encoder;

    private StrictBase64(String special, Base64.Decoder decoder, Base64.Encoder encoder) {
        this.special = special;
        this.decoder = decoder;
        this.encoder = encoder;
    }

    /** Returns whether a character belongs to the alphabet, including the padding character if there is padding. */
    boolean isOfAlphabet(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || special.indexOf(c) >= 0;
    }

    /** Returns the bytes, or null if the text is not exactly what an encoder makes of some bytes. */
    public byte @Nullable [] decode(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        return decode(bytes, bytes.length);
    }

    /** Decodes the beginning of a buffer, which has this many characters of text in ASCII. */
    public byte @Nullable [] decode(byte[] text, int length) {
        try {
            ByteBuffer decoded = decoder.decode(ByteBuffer.wrap(text, 0, length));
            byte[] all = decoded.array();
            byte[] bytes = decoded.limit() == all.length ? all : Arrays.copyOf(all, decoded.limit());
            return isCanonical(text, length, bytes) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Encodes the last group again: the decoder has checked everything before it. */
    private boolean isCanonical(byte[] text, int length, byte[] decoded) {
        if (decoded.length == 0) {
            return length == 0;
        }
        int bytes = (decoded.length - 1) / BYTES * BYTES;
        int characters = bytes / BYTES * CHARACTERS;
        byte[] last = encoder.encode(Arrays.copyOfRange(decoded, bytes, decoded.length));
        return Arrays.equals(text, characters, length, last, 0, last.length);
    }
}
