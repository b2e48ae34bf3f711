/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.Map;

/** The digests of one certificate, each computed when it is first asked for. Used by one thread. */
final class CertificateDigests {

    private final X509Certificate certificate;
    private final byte[] der;
    private final Map<DigestKind, byte[]> known = new EnumMap<>(DigestKind.class);

    CertificateDigests(X509Certificate certificate) throws CertificateEncodingException {
        this.certificate = certificate;
        this.der = certificate.getEncoded();
    }

    /** Returns the digest of a kind, which the caller must not change. */
    byte[] get(DigestKind kind) {
        return known.computeIfAbsent(kind, it -> it.of(certificate, der));
    }
}
