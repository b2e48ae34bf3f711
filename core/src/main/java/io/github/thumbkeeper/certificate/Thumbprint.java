/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The digest of a whole DER certificate.
 *
 * <p>Thumbprints are compared as bytes, never as text. Immutable and thread-safe.
 */
public final class Thumbprint implements CertificateDigest {

    private final DigestAlgorithm algorithm;
    private final byte[] digest;

    private Thumbprint(DigestAlgorithm algorithm, byte[] digest) {
        this.algorithm = algorithm;
        this.digest = digest;
    }

    /**
     * Returns the thumbprint that consists of these bytes.
     *
     * @throws IllegalArgumentException if the length is not that of the algorithm
     */
    public static Thumbprint ofDigest(DigestAlgorithm algorithm, byte[] digest) {
        if (digest.length != algorithm.length()) {
            throw new IllegalArgumentException(
                    algorithm.standardName() + " has " + algorithm.length() + " bytes, not " + digest.length);
        }
        return new Thumbprint(algorithm, digest.clone());
    }

    /**
     * Computes the thumbprint of a certificate.
     *
     * @throws CertificateEncodingException if the certificate cannot give its DER form
     */
    public static Thumbprint of(X509Certificate certificate, DigestAlgorithm algorithm)
            throws CertificateEncodingException {
        return ofEncoded(certificate.getEncoded(), algorithm);
    }

    /** Computes the thumbprint of the certificate with this DER form. */
    public static Thumbprint ofEncoded(byte[] der, DigestAlgorithm algorithm) {
        return new Thumbprint(algorithm, algorithm.digest(der));
    }

    /** Returns the algorithm of the digest. */
    public DigestAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public byte[] toBytes() {
        return digest.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Thumbprint that && algorithm == that.algorithm && Arrays.equals(digest, that.digest);
    }

    /** Returns the leading bytes, which are as good as any hash of them. */
    @Override
    public int hashCode() {
        return (digest[0] & 0xFF) << 24 | (digest[1] & 0xFF) << 16 | (digest[2] & 0xFF) << 8 | (digest[3] & 0xFF);
    }

    /** Returns algorithm and lower-case hex without separators, such as {@code sha256:9f86d0…}. */
    @Override
    public String toString() {
        return algorithm.prefix() + ":" + HexFormat.of().formatHex(digest);
    }
}
