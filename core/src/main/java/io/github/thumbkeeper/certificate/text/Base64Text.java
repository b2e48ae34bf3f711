/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import java.util.Base64;

/** Reads a digest from base64, and only from the one spelling an encoder gives it. */
final class Base64Text {

    /** With padding, RFC 4648 section 4. */
    static final Base64Text STANDARD =
            new Base64Text("+/=", Base64.getDecoder(), Base64.getEncoder(), "which is not of the base64 alphabet");

    /** Without padding, RFC 7515 section 2. */
    static final Base64Text URL = new Base64Text(
            "-_",
            Base64.getUrlDecoder(),
            Base64.getUrlEncoder().withoutPadding(),
            "which is not of the base64url alphabet (RFC 7515, without padding)");

    private final String special;
    private final Base64.Decoder decoder;
    private final Base64.Encoder encoder;
    private final String notOfAlphabet;

    private Base64Text(String special, Base64.Decoder decoder, Base64.Encoder encoder, String notOfAlphabet) {
        this.special = special;
        this.decoder = decoder;
        this.encoder = encoder;
        this.notOfAlphabet = notOfAlphabet;
    }

    void requireAlphabet(TextSlice member, TextSlice body) throws NotADigestException {
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            boolean alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (!alphanumeric && special.indexOf(c) < 0) {
                throw NotADigestException.at(member, body, i, notOfAlphabet);
            }
        }
    }

    /** The JDK ignores the bits of the last character that carry nothing: several texts would be one digest. */
    byte[] decode(TextSlice member, TextSlice body, DigestAlgorithm algorithm) throws NotADigestException {
        byte[] digest = decodeLeniently(body.text());
        if (digest.length != algorithm.length()
                || !encoder.encodeToString(digest).equals(body.text())) {
            throw new NotADigestException(
                    member,
                    "does not end like the base64 of a digest (index " + body.originalIndex(body.length() - 1)
                            + "); was it cut or changed?");
        }
        return requireNotZero(member, digest);
    }

    private byte[] decodeLeniently(String text) {
        try {
            return decoder.decode(text);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    static byte[] requireNotZero(TextSlice member, byte[] digest) throws NotADigestException {
        if (isZero(digest)) {
            throw new NotADigestException(member, "is all zeros: a placeholder, the digest of nothing");
        }
        return digest;
    }

    static boolean isZero(byte[] digest) {
        for (byte b : digest) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
