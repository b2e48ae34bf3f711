/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import io.github.thumbkeeper.certificate.x509.CertificateParser;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Converts certificates to the JDK's own class, whose objects cannot change. */
final class JdkCertificate {

    private JdkCertificate() {}

    /** Returns the certificate itself if it is of the JDK's class, otherwise one parsed from its encoding. */
    static X509Certificate of(X509Certificate certificate) throws CertificateException {
        Class<?> type = certificate.getClass();
        boolean own = type.getClassLoader() == null && type.getName().equals("sun.security.x509.X509CertImpl");
        return own ? certificate : CertificateParser.parse(certificate.getEncoded());
    }
}
