/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.x509.DistinguishedName;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Set;

/**
 * Issuer of a certificate in the verified path, never one that the client claims.
 *
 * <p>Immutable and thread-safe.
 *
 * @param certificate the certificate of the issuer
 * @param ids the labels of this certificate in the trust store
 */
public record Issuer(X509Certificate certificate, Set<String> ids) {
    public Issuer {
        ids = Set.copyOf(ids);
    }

    boolean hasSubject(DistinguishedName name) {
        return name.equals(DistinguishedName.of(certificate.getSubjectX500Principal()));
    }

    boolean hasThumbprint(Thumbprint thumbprint) {
        try {
            return thumbprint.equals(Thumbprint.of(certificate, thumbprint.algorithm()));
        } catch (CertificateEncodingException e) {
            return false;
        }
    }
}
