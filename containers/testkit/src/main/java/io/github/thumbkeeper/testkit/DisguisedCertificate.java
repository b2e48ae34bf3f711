/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.io.IOException;
import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A certificate that looks ordinary to the client's own TLS code and is sent with another public key.
 *
 * <p>The client signs the handshake with the ordinary key, which costs it nothing; the server verifies with the key that was
 * sent. The issuer's signature is not renewed. Immutable and thread-safe.
 */
public final class DisguisedCertificate extends X509Certificate {
    private static final long serialVersionUID = 1L;

    private final transient X509Certificate shown;
    private final byte[] sent;

    private DisguisedCertificate(X509Certificate shown, byte[] sent) {
        this.shown = shown;
        this.sent = sent;
    }

    /** Returns the certificate that is sent with this public key (SubjectPublicKeyInfo, DER). */
    public static DisguisedCertificate of(X509Certificate shown, byte[] publicKey) {
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
            return new DisguisedCertificate(shown, all.getEncoded("DER"));
        } catch (CertificateEncodingException | IOException e) {
            throw new IllegalStateException("Cannot change the key of a certificate", e);
        }
    }

    @Override
    public byte[] getEncoded() {
        return sent.clone();
    }

    @Override
    public void checkValidity() {}

    @Override
    public void checkValidity(Date date) {}

    @Override
    public int getVersion() {
        return shown.getVersion();
    }

    @Override
    public BigInteger getSerialNumber() {
        return shown.getSerialNumber();
    }

    @Override
    @SuppressWarnings("deprecation") // demanded by the class
    public Principal getIssuerDN() {
        return shown.getIssuerDN();
    }

    @Override
    @SuppressWarnings("deprecation") // demanded by the class
    public Principal getSubjectDN() {
        return shown.getSubjectDN();
    }

    @Override
    public Date getNotBefore() {
        return shown.getNotBefore();
    }

    @Override
    public Date getNotAfter() {
        return shown.getNotAfter();
    }

    @Override
    public byte[] getTBSCertificate() throws CertificateEncodingException {
        return shown.getTBSCertificate();
    }

    @Override
    public byte[] getSignature() {
        return shown.getSignature();
    }

    @Override
    public String getSigAlgName() {
        return shown.getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return shown.getSigAlgOID();
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return shown.getSigAlgParams();
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
        return shown.getIssuerUniqueID();
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
        return shown.getSubjectUniqueID();
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        return shown.getKeyUsage();
    }

    @Override
    public int getBasicConstraints() {
        return shown.getBasicConstraints();
    }

    @Override
    public void verify(PublicKey key) {}

    @Override
    public void verify(PublicKey key, String provider) {}

    @Override
    public String toString() {
        return "disguised";
    }

    @Override
    public PublicKey getPublicKey() {
        return shown.getPublicKey();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        return false;
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        return Set.of();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        return Set.of();
    }

    @Override
    public byte @Nullable [] getExtensionValue(String oid) {
        return null;
    }
}
