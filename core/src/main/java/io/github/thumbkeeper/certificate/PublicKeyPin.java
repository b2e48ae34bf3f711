/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 digest of a certificate's public key (its SubjectPublicKeyInfo in DER, RFC 7469 section 2.4).
 *
 * <p>A pin does not change if a certificate is renewed with the same key. Immutable and thread-safe.
 */
public final class PublicKeyPin implements CertificateDigest {

    private final byte[] digest;

    private PublicKeyPin(byte[] digest) {
        this.digest = digest;
    }

    /**
     * Returns the pin that consists of these 32 bytes.
     *
     * @throws IllegalArgumentException if there are not 32
     */
    public static PublicKeyPin ofDigest(byte[] digest) {
        if (digest.length != DigestAlgorithm.SHA256.length()) {
            throw new IllegalArgumentException("a public key pin has 32 bytes, not " + digest.length);
        }
        return new PublicKeyPin(digest.clone());
    }

    /** Computes the pin of a certificate's public key. */
    public static PublicKeyPin of(X509Certificate certificate) {
        return new PublicKeyPin(
                DigestAlgorithm.SHA256.digest(certificate.getPublicKey().getEncoded()));
    }

    @Override
    public byte[] toBytes() {
        return digest.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublicKeyPin that && Arrays.equals(digest, that.digest);
    }

    /** Returns the leading bytes, which are as good as any hash of them. */
    @Override
    public int hashCode() {
        return (digest[0] & 0xFF) << 24 | (digest[1] & 0xFF) << 16 | (digest[2] & 0xFF) << 8 | (digest[3] & 0xFF);
    }

    /** Returns {@code sha256/} and base64 with padding. */
    @Override
    public String toString() {
        return "sha256/" + Base64.getEncoder().encodeToString(digest);
    }
}
