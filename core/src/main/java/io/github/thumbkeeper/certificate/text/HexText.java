/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Reads a thumbprint from hex digits with at most one kind of separator. Not thread-safe. */
final class HexText {

    /** The digits of the shortest digest, MD5. */
    private static final int SHORTEST = 32;

    /** The value of each digit; of any other character -1. */
    private static final byte[] VALUES = values();

    private final TextSlice member;
    private final TextSlice body;
    private final StringBuilder digits = new StringBuilder();
    private char separator;
    private int separatorAt;

    private HexText(TextSlice member, TextSlice body) {
        this.member = member;
        this.body = body;
    }

    /** Reads the body, whose algorithm is named by the prefix of the member or, without one, by its length. */
    static Thumbprint read(TextSlice member, TextSlice body, @Nullable DigestAlgorithm named)
            throws NotADigestException {
        HexText hex = new HexText(member, body);
        hex.scan();
        DigestAlgorithm algorithm = hex.algorithm(named);
        hex.requireEvenGroups();
        hex.requireOneThumbprint(algorithm);
        byte[] digest = HexFormat.of().parseHex(hex.digits);
        return Thumbprint.ofDigest(algorithm, Base64Digest.requireNotZero(member, digest));
    }

    private void scan() throws NotADigestException {
        if (body.startsWith("0x") || body.startsWith("0X")) {
            throw new NotADigestException(
                    member, "begins with 0x at index " + body.originalIndex(0) + "; write the hex digits alone");
        }
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (HexFormat.isHexDigit(c)) {
                digits.append(c);
            } else if (isSeparator(c)) {
                separate(c == '\t' ? ' ' : c, i);
            } else {
                throw NotADigestException.at(member, body, i, notHex(c));
            }
        }
    }

    private static boolean isSeparator(char c) {
        return c == ':' || c == '-' || c == ' ' || c == '\t';
    }

    private void separate(char c, int i) throws NotADigestException {
        if (separator == 0) {
            separator = c;
            separatorAt = i;
        } else if (separator != c) {
            throw new NotADigestException(
                    member,
                    "mixes the separators [" + separator + "] (index " + body.originalIndex(separatorAt) + ") and [" + c
                            + "] (index " + body.originalIndex(i) + "); expected one kind");
        }
    }

    private static String notHex(char c) {
        return switch (c) {
            case 'O', 'o' -> "the letter O, not a hex digit; is it a zero?";
            case 'l', 'I', 'i' -> "a letter, not a hex digit; is it a one?";
            case '$' -> "not a hex digit; is it a placeholder that was not replaced?";
            default -> "which is not a hex digit; " + ThumbprintText.EXPECTED;
        };
    }

    private DigestAlgorithm algorithm(@Nullable DigestAlgorithm named) throws NotADigestException {
        refuseTwo(named);
        DigestAlgorithm fitting = ofLength(digits.length());
        if (named != null && named != fitting) {
            String like = fitting == null ? "" : " (looks like " + fitting.standardName() + ")";
            throw new NotADigestException(
                    member,
                    "has " + count() + ", " + named.standardName() + " needs " + 2 * named.length() + like + md5());
        }
        if (fitting == null) {
            throw new NotADigestException(member, "has " + count() + md5() + "; " + ThumbprintText.EXPECTED);
        }
        return fitting;
    }

    static @Nullable DigestAlgorithm ofLength(int digits) {
        return switch (digits) {
            case 40 -> DigestAlgorithm.SHA1;
            case 64 -> DigestAlgorithm.SHA256;
            case 96 -> DigestAlgorithm.SHA384;
            case 128 -> DigestAlgorithm.SHA512;
            default -> null;
        };
    }

    /** Returns the algorithm of a text with the length and prefix of our own print form, or null. */
    static @Nullable DigestAlgorithm ofPrintForm(byte[] text, int from, int to) {
        return switch (to - from) {
            case 45 -> ofPrefix(DigestAlgorithm.SHA1, text, from);
            case 71 -> ofPrefix(DigestAlgorithm.SHA256, text, from);
            case 103 -> ofPrefix(DigestAlgorithm.SHA384, text, from);
            case 135 -> ofPrefix(DigestAlgorithm.SHA512, text, from);
            default -> null;
        };
    }

    private static @Nullable DigestAlgorithm ofPrefix(DigestAlgorithm algorithm, byte[] text, int from) {
        String prefix = algorithm.prefix();
        for (int i = 0; i < prefix.length(); i++) {
            if (text[from + i] != prefix.charAt(i)) {
                return null;
            }
        }
        return text[from + prefix.length()] == ':' ? algorithm : null;
    }

    /** Decodes pairs of digits; returns false for any other character, and for zeros only. */
    static boolean decode(byte[] text, int from, int to, byte[] digest) {
        int all = 0;
        for (int i = from, at = 0; i < to; i += 2, at++) {
            int value = VALUES[text[i] & 0xFF] << 4 | VALUES[text[i + 1] & 0xFF];
            all |= value;
            digest[at] = (byte) value;
        }
        return all > 0;
    }

    private static byte[] values() {
        byte[] values = new byte[256];
        for (int c = 0; c < values.length; c++) {
            values[c] = (byte) (HexFormat.isHexDigit(c) ? HexFormat.fromHexDigit(c) : -1);
        }
        return values;
    }

    static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private String count() {
        return digits.length() + (digits.length() == 1 ? " hex digit" : " hex digits");
    }

    private String md5() {
        return digits.length() == SHORTEST ? ": MD5 is not accepted" : "";
    }

    /** An XML attribute has no lines, so two SHA-256 below each other would read as one SHA-512. */
    private void refuseTwo(@Nullable DigestAlgorithm named) throws NotADigestException {
        DigestAlgorithm half = ofLength(digits.length() / 2);
        DigestAlgorithm fitting = ofLength(digits.length());
        boolean plain = fitting != null && (separator != ' ' || fitting == named);
        if (half != null && digits.length() % 2 == 0 && !plain) {
            throw new NotADigestException(
                    member,
                    "has " + count() + ": two " + half.standardName() + " thumbprints? separate them by a comma");
        }
    }

    private void requireOneThumbprint(DigestAlgorithm algorithm) throws NotADigestException {
        if (separator == ' ' && algorithm.length() > DigestAlgorithm.SHA256.length()) {
            throw new NotADigestException(
                    member,
                    "is a " + algorithm.standardName()
                            + " thumbprint with blanks inside, which only SHA-1 and SHA-256 may have;"
                            + " write it without");
        }
        if (isJoined()) {
            throw new NotADigestException(
                    member, "is several thumbprints joined by an invisible character? separate them by a comma");
        }
    }

    /** A removed invisible character may have been the only separator between two thumbprints. */
    private boolean isJoined() {
        boolean joined = false;
        int length = 0;
        for (int i = 0; i < body.length(); i++) {
            if (body.isJoinedAt(i)) {
                if (length < SHORTEST) {
                    return false;
                }
                joined = true;
                length = 0;
            }
            length += HexFormat.isHexDigit(body.charAt(i)) ? 1 : 0;
        }
        return joined && length >= SHORTEST;
    }

    private void requireEvenGroups() throws NotADigestException {
        if (separator == 0) {
            return;
        }
        int size = digitsFrom(0);
        for (int i = 0; i <= body.length(); ) {
            int found = digitsFrom(i);
            if (found != size || (size != 2 && size != 4)) {
                throw new NotADigestException(
                        member,
                        "has a group of " + found + " at index " + body.originalIndex(Math.min(i, body.length() - 1))
                                + "; all groups must have 2 hex digits or all 4");
            }
            i = afterSeparator(i + found);
        }
    }

    private int digitsFrom(int from) {
        int i = from;
        while (i < body.length() && HexFormat.isHexDigit(body.charAt(i))) {
            i++;
        }
        return i - from;
    }

    /** Skips a run of blanks or one other separator. At the end without a separator, returns the length plus one. */
    private int afterSeparator(int from) {
        int i = from + 1;
        while (separator == ' ' && i < body.length() && !HexFormat.isHexDigit(body.charAt(i))) {
            i++;
        }
        return i;
    }
}
