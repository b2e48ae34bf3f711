/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import java.security.cert.X509Certificate;

/** What a digest is made of and how. Digests of one kind have one length. */
enum DigestKind {
    SHA1(DigestAlgorithm.SHA1, false),
    SHA256(DigestAlgorithm.SHA256, false),
    SHA384(DigestAlgorithm.SHA384, false),
    SHA512(DigestAlgorithm.SHA512, false),
    PIN(DigestAlgorithm.SHA256, true);

    private final DigestAlgorithm algorithm;
    private final boolean ofKey;

    DigestKind(DigestAlgorithm algorithm, boolean ofKey) {
        this.algorithm = algorithm;
        this.ofKey = ofKey;
    }

    static DigestKind of(CertificateDigest digest) {
        return digest instanceof Thumbprint thumbprint ? of(thumbprint.algorithm()) : PIN;
    }

    static DigestKind of(DigestAlgorithm algorithm) {
        return switch (algorithm) {
            case SHA1 -> SHA1;
            case SHA256 -> SHA256;
            case SHA384 -> SHA384;
            case SHA512 -> SHA512;
        };
    }

    /** Returns the length of a digest in bytes. */
    int length() {
        return algorithm.length();
    }

    /** Returns the digest of a certificate. */
    byte[] of(X509Certificate certificate, byte[] der) {
        return algorithm.digest(ofKey ? certificate.getPublicKey().getEncoded() : der);
    }

    CertificateDigest digest(byte[] bytes) {
        return ofKey ? PublicKeyPin.ofDigest(bytes) : Thumbprint.ofDigest(algorithm, bytes);
    }
}
