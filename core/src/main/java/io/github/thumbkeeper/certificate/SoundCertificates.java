/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import java.security.cert.X509Certificate;

/**
 * Checks certificates by {@link CertificateSyntax}, each object once.
 *
 * <p>Thread-safe.
 */
public final class SoundCertificates {

    private final CertificateCache<Boolean> seen = new CertificateCache<>();

    /** Returns whether the object of a certificate shows everything that is in its bytes. Never throws. */
    public boolean contain(X509Certificate certificate) {
        Boolean known = seen.get(certificate);
        if (known == null) {
            known = CertificateSyntax.isSound(certificate);
            seen.put(certificate, known);
        }
        return known;
    }
}
