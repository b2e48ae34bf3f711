/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import io.github.thumbkeeper.certificate.DigestAlgorithm;

/** Reads a digest from base64 and reports where the text is wrong. Immutable and thread-safe. */
final class Base64Digest {

    /** With padding, as public key pins are written. */
    static final Base64Digest STANDARD = new Base64Digest(StrictBase64.STANDARD, "which is not of the base64 alphabet");

    /** Without padding, as {@code x5t} is written. */
    static final Base64Digest URL =
            new Base64Digest(StrictBase64.URL, "which is not of the base64url alphabet (RFC 7515, without padding)");

    private final StrictBase64 base64;
    private final String notOfAlphabet;

    private Base64Digest(StrictBase64 base64, String notOfAlphabet) {
        this.base64 = base64;
        this.notOfAlphabet = notOfAlphabet;
    }

    void requireAlphabet(TextSlice member, TextSlice body) throws NotADigestException {
        for (int i = 0; i < body.length(); i++) {
            if (!base64.isOfAlphabet(body.charAt(i))) {
                throw NotADigestException.at(member, body, i, notOfAlphabet);
            }
        }
    }

    byte[] decode(TextSlice member, TextSlice body, DigestAlgorithm algorithm) throws NotADigestException {
        byte[] digest = base64.decode(body.text());
        if (digest == null || digest.length != algorithm.length()) {
            throw new NotADigestException(
                    member,
                    "does not end like the base64 of a digest (index " + body.originalIndex(body.length() - 1)
                            + "); was it cut or changed?");
        }
        return requireNotZero(member, digest);
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
