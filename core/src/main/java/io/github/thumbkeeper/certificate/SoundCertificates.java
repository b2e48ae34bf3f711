/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import java.security.cert.X509Certificate;

/**
 * Tells which certificates break no syntax (see {@link CertificateSyntax}), and checks each object once.
 *
 * <p>Thread-safe.
 */
public final class SoundCertificates {

    private final CertificateCache<Boolean> seen = new CertificateCache<>();

    /** Returns whether a certificate is what its object shows of it. Never throws. */
    public boolean contain(X509Certificate certificate) {
        Boolean known = seen.get(certificate);
        if (known == null) {
            known = CertificateSyntax.isSound(certificate);
            seen.put(certificate, known);
        }
        return known;
    }
}
