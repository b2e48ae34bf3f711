/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.IssuerAndSerial;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** Kind of digest: what it is computed over, and how. All digests of one kind have the same length. */
public enum DigestKind {
    SHA1(DigestAlgorithm.SHA1),
    SHA256(DigestAlgorithm.SHA256),
    SHA384(DigestAlgorithm.SHA384),
    SHA512(DigestAlgorithm.SHA512),
    PIN(DigestAlgorithm.SHA256),
    /** Can only deny: anyone can create a certificate with the issuer and the serial number of another. */
    ISSUER_AND_SERIAL(DigestAlgorithm.SHA256);

    private final DigestAlgorithm algorithm;

    DigestKind(DigestAlgorithm algorithm) {
        this.algorithm = algorithm;
    }

    /** Returns the kind of a digest. */
    public static DigestKind of(CertificateDigest digest) {
        if (digest instanceof Thumbprint thumbprint) {
            return of(thumbprint.algorithm());
        }
        return digest instanceof PublicKeyPin ? PIN : ISSUER_AND_SERIAL;
    }

    /** Returns the kind of thumbprints made with an algorithm. */
    public static DigestKind of(DigestAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA1 -> SHA1;
            case SHA256 -> SHA256;
            case SHA384 -> SHA384;
            case SHA512 -> SHA512;
        };
    }

    /** Returns the algorithm if digests of this kind are thumbprints, else null. */
    public @Nullable DigestAlgorithm thumbprints() {
        return this == PIN || this == ISSUER_AND_SERIAL ? null : algorithm;
    }

    /** Returns the length of a digest in bytes. */
    int length() {
        return algorithm.length();
    }

    /**
     * Returns the digest of a certificate.
     *
     * @param der the DER encoding of the certificate
     */
    public byte[] of(X509Certificate certificate, byte[] der) {
        return switch (this) {
            case PIN -> algorithm.digest(certificate.getPublicKey().getEncoded());
            case ISSUER_AND_SERIAL -> IssuerAndSerial.of(certificate).toBytes();
            case SHA1, SHA256, SHA384, SHA512 -> algorithm.digest(der);
        };
    }

    CertificateDigest digest(byte[] bytes) {
        return switch (this) {
            case PIN -> PublicKeyPin.ofDigest(bytes);
            case ISSUER_AND_SERIAL -> IssuerAndSerial.ofDigest(bytes);
            case SHA1, SHA256, SHA384, SHA512 -> Thumbprint.ofDigest(algorithm, bytes);
        };
    }
}
