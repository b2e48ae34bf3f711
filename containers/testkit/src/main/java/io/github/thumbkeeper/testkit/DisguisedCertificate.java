/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/**
 * Makes a certificate that a client shows to its own TLS code as an ordinary one, and sends with another public key.
 *
 * <p>The client signs the handshake with the ordinary key, which costs it nothing; the server verifies with the key that was
 * sent. The issuer's signature is not renewed.
 */
public final class DisguisedCertificate {

    private DisguisedCertificate() {}

    /** Returns the certificate that is sent with this public key (SubjectPublicKeyInfo, DER). */
    public static X509Certificate of(X509Certificate shown, byte[] publicKey) {
        try {
            Certificate certificate = Certificate.getInstance(shown.getEncoded());
            V3TBSCertificateGenerator content = new V3TBSCertificateGenerator();
            content.setSerialNumber(certificate.getSerialNumber());
            content.setSignature(certificate.getSignatureAlgorithm());
            content.setIssuer(certificate.getIssuer());
            content.setStartDate(certificate.getStartDate());
            content.setEndDate(certificate.getEndDate());
            content.setSubject(certificate.getSubject());
            content.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(publicKey));
            DERSequence all = new DERSequence(new ASN1Encodable[] {
                content.generateTBSCertificate(), certificate.getSignatureAlgorithm(), certificate.getSignature()
            });
            byte[] sent = all.getEncoded("DER");
            return new ForeignCertificate(shown, sent::clone);
        } catch (CertificateEncodingException | IOException e) {
            throw new IllegalStateException("Cannot change the key of a certificate", e);
        }
    }
}
