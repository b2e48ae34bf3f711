/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.message.Counted;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads thumbprints from text, in the forms that tools print and administrators copy.
 *
 * <p>A thumbprint is 40 (SHA-1), 64 (SHA-256), 96 (SHA-384) or 128 (SHA-512) ASCII hex digits of either case, with one kind of
 * separator ({@code :}, {@code -} or, up to SHA-256, blanks) between groups of 2 or of 4, and optionally with a prefix such as
 * {@code sha256:} or {@code SHA1 Fingerprint=}; or it is base64url after {@code x5t:} or {@code x5t#S256:} (RFC 7515 section
 * 4.1.7). It may be in quotes. Invisible characters are removed with a warning. Thread-safe.
 *
 * <pre>{@code
 * sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
 * SHA1 Fingerprint=A9:4A:8F:E5:CC:B1:9B:A6:1C:4C:08:73:D3:91:E9:87:98:2F:BB:D3
 * x5t#S256:n4bQgYhMfWWaL-qgxVrQFaO_TxsrC4Is0V1sFbDwCgg
 * }</pre>
 *
 * <p>Problems and warnings give indexes into the whole text. They repeat neither text that looks like PEM or DER nor text that
 * {@link TextOrigin} withholds.
 */
public final class ThumbprintParser {

    private static final String WHAT = "a thumbprint";

    private ThumbprintParser() {}

    /**
     * Reads a list whose members are separated by commas, semicolons or line breaks, or by blanks if each piece is a whole
     * thumbprint.
     *
     * <p>One separator may follow the last member; an empty member anywhere else is a problem. A thumbprint listed
     * twice is a warning, and so are SHA-1 thumbprints, once for the list.
     */
    public static ParsedDigests<Thumbprint> parseList(String text) {
        DigestList<Thumbprint> list = listOf(text, TextOrigin.SETTING);
        list.readMembers(member -> {
            if (!readPlain(member, list)) {
                ThumbprintText.split(member).forEach(part -> read(part, list));
            }
        });
        long sha1 = list.digests().stream()
                .filter(thumbprint -> thumbprint.algorithm() == DigestAlgorithm.SHA1)
                .count();
        if (sha1 > 0) {
            list.warning(sha1Warning(sha1));
        }
        return list.result();
    }

    /**
     * Reads one thumbprint of a file, a database or a directory; separators of lists are refused, SHA-1 gives no warning (see
     * {@link #sha1Warning}).
     */
    public static ParsedDigests<Thumbprint> parse(String text) {
        return parse(text, TextOrigin.STORE);
    }

    /** Reads one thumbprint as {@link #parse(String)} does, for text of any origin. */
    public static ParsedDigests<Thumbprint> parse(String text, TextOrigin origin) {
        Thumbprint plain = plainHex(text);
        if (plain != null) {
            return new ParsedDigests<>(List.of(plain), List.of(), List.of());
        }
        DigestList<Thumbprint> list = listOf(text, origin);
        TextSlice all = list.whole().trimmed();
        if (ThumbprintText.split(all).size() > 1) {
            list.problem(new NotADigestException(all, "is more than one thumbprint; expected one"), WHAT);
        } else {
            read(all, list);
        }
        return list.result();
    }

    /**
     * Returns the index after the thumbprint or pin with which a line of a list begins, in each form that settings take; -1 if
     * the line has only blanks and a comment. The text before the index is not checked.
     */
    public static int endInLine(String line) {
        int word = ThumbprintText.endOfLongWord(line);
        return word > 0 ? word : ThumbprintText.endInLine(NormalizedText.of(line));
    }

    /** Returns the thumbprint if the text is hex digits only, else null. */
    public static @Nullable Thumbprint plainHex(String text) {
        DigestAlgorithm algorithm = HexText.ofLength(text.length());
        if (algorithm == null || !HexText.isHex(text)) {
            return null;
        }
        byte[] digest = HexFormat.of().parseHex(text);
        return Base64Digest.isZero(digest) ? null : Thumbprint.ofDigest(algorithm, digest);
    }

    /**
     * Reads the thumbprint that is written in hex digits alone or in our own print form, such as {@code sha256:} and hex
     * digits, without making an object of it.
     *
     * @param text holds it, from the index {@code from} to the index before {@code to}
     * @param digest takes the bytes; as long as the longest digest
     * @return the algorithm, or null if the text holds anything else
     */
    public static @Nullable DigestAlgorithm plainHex(byte[] text, int from, int to, byte[] digest) {
        DigestAlgorithm plain = HexText.ofLength(to - from);
        DigestAlgorithm algorithm = plain == null ? HexText.ofPrintForm(text, from, to) : plain;
        return algorithm != null && HexText.decode(text, to - 2 * algorithm.length(), to, digest) ? algorithm : null;
    }

    /** Returns the warning to log once for a list with this many SHA-1 thumbprints. */
    public static String sha1Warning(long count) {
        return Counted.of(count, "thumbprints") + (count == 1 ? " is" : " are")
                + " SHA-1, for which two certificates with the same thumbprint can be made (collisions); SHA-256 is"
                + " recommended";
    }

    private static DigestList<Thumbprint> listOf(String text, TextOrigin origin) {
        NormalizedText visible = NormalizedText.of(text);
        DigestList<Thumbprint> list = new DigestList<>(visible, origin, ThumbprintText.EXPECTED);
        String warning = visible.warning();
        if (warning != null) {
            list.warning(warning);
        }
        return list;
    }

    /** Long lists are written in plain hex, which must be read fast. */
    private static boolean readPlain(TextSlice part, DigestList<Thumbprint> list) {
        Thumbprint plain = part.isUnbroken() ? plainHex(part.text()) : null;
        if (plain != null) {
            list.digest(plain, part);
        }
        return plain != null;
    }

    private static void read(TextSlice part, DigestList<Thumbprint> list) {
        try {
            if (!readPlain(part, list)) {
                list.digest(ThumbprintText.parse(part), part);
            }
        } catch (NotADigestException e) {
            list.problem(e, WHAT);
        }
    }
}
