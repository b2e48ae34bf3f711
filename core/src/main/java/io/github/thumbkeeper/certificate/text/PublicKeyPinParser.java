/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.message.Counted;
import java.util.List;

/**
 * Reads public key pins from text.
 *
 * <p>A pin is base64 with padding (44 characters) of a SHA-256 digest, written {@code sha256/…} (our own print form), {@code
 * sha256//…} (curl), {@code pin-sha256="…"} (RFC 7469 section 2.1.1) or {@code pin-sha256:…}. Everything else is a problem.
 * Problems and warnings give indexes into the whole text, and show it only if {@link TextOrigin} allows that. Thread-safe.
 *
 * <pre>{@code
 * sha256/bcTN8Q5ZSbMsFSYGbtPGlqBbQlHlhpKJKTGWNFnnRfc=
 * }</pre>
 */
public final class PublicKeyPinParser {

    private static final String EXPECTED = "expected sha256/ and base64 of 44 characters with padding, sha256//…,"
            + " pin-sha256=\"…\" or pin-sha256:…";

    /** Base64 of 32 bytes. */
    private static final int LENGTH = 44;

    private PublicKeyPinParser() {}

    /**
     * Reads a list whose members are separated by commas, semicolons, line breaks or blanks.
     *
     * <p>One separator may follow the last member; an empty member anywhere else is a problem. A pin listed twice
     * is a warning.
     */
    public static ParsedDigests<PublicKeyPin> parseList(String text) {
        DigestList<PublicKeyPin> list = new DigestList<>(NormalizedText.unchanged(text), TextOrigin.SETTING, EXPECTED);
        list.readMembers(member -> words(member).forEach(word -> read(word, list)));
        return list.result();
    }

    /** Reads one pin of a file, a database or a directory; separators of lists are refused. */
    public static ParsedDigests<PublicKeyPin> parse(String text) {
        return parse(text, TextOrigin.STORE);
    }

    /** Reads one pin as {@link #parse(String)} does, for text of any origin. */
    public static ParsedDigests<PublicKeyPin> parse(String text, TextOrigin origin) {
        DigestList<PublicKeyPin> list = new DigestList<>(NormalizedText.unchanged(text), origin, EXPECTED);
        read(list.whole().trimmed(), list);
        return list.result();
    }

    /** Thumbprints may contain blanks; one in the wrong setting is one problem and not twenty. */
    private static List<TextSlice> words(TextSlice member) {
        List<TextSlice> words = member.words();
        return words.size() > 1 && isThumbprint(member) ? List.of(member) : words;
    }

    private static boolean isThumbprint(TextSlice member) {
        return !member.startsWith("sha256/")
                && ThumbprintParser.parse(member.text()).problems().isEmpty();
    }

    private static void read(TextSlice member, DigestList<PublicKeyPin> list) {
        try {
            list.digest(pin(member), member);
        } catch (NotADigestException e) {
            list.problem(e, "a public key pin");
        }
    }

    private static PublicKeyPin pin(TextSlice member) throws NotADigestException {
        TextSlice body = body(member);
        Base64Digest.STANDARD.requireAlphabet(member, body);
        if (body.length() != LENGTH) {
            throw new NotADigestException(
                    member,
                    "has " + Counted.of(body.length(), "characters") + " of base64 instead of " + LENGTH + "; "
                            + EXPECTED);
        }
        return PublicKeyPin.ofDigest(Base64Digest.STANDARD.decode(member, body, DigestAlgorithm.SHA256));
    }

    /** The digest itself may begin with a slash, so only the length shows whether a second one is curl's. */
    private static TextSlice body(TextSlice member) throws NotADigestException {
        if (member.startsWith("sha256/")) {
            TextSlice body = member.from("sha256/".length());
            return body.startsWith("/") && body.length() > LENGTH ? body.from(1) : body;
        }
        if (member.startsWith("pin-sha256:")) {
            return member.from("pin-sha256:".length());
        }
        String quoted = "pin-sha256=\"";
        if (member.startsWith(quoted)
                && member.length() > quoted.length()
                && member.charAt(member.length() - 1) == '"') {
            return member.from(quoted.length(), member.length() - 1);
        }
        throw new NotADigestException(member, noPrefix(member));
    }

    private static String noPrefix(TextSlice member) {
        if (member.length() == 0) {
            return "is empty; " + EXPECTED;
        }
        if (StoreLocation.is(member.text())) {
            return StoreLocation.instead("a pin") + "; " + EXPECTED;
        }
        String what = isThumbprint(member)
                ? "is the thumbprint of a certificate, not a public key pin"
                : "does not begin like a pin (index " + member.originalIndex(0) + ")";
        return what + "; " + EXPECTED;
    }
}
