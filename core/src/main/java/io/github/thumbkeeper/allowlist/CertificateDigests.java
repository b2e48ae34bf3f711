/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Digests of one certificate, each computed when a table first needs it; SHA-256 always, because it names the certificate.
 *
 * <p>Not thread-safe.
 */
final class CertificateDigests implements Function<DigestKind, byte[]> {

    private final X509Certificate certificate;
    private final byte[] der;
    private final byte[] sha256;
    private @Nullable Map<DigestKind, byte[]> others;

    CertificateDigests(X509Certificate certificate) throws CertificateEncodingException {
        this.certificate = certificate;
        this.der = certificate.getEncoded();
        this.sha256 = DigestKind.SHA256.of(certificate, der);
    }

    byte[] sha256() {
        return sha256;
    }

    @Override
    public byte[] apply(DigestKind kind) {
        if (kind == DigestKind.SHA256) {
            return sha256;
        }
        if (others == null) {
            others = new EnumMap<>(DigestKind.class);
        }
        return others.computeIfAbsent(kind, missing -> missing.of(certificate, der));
    }
}
