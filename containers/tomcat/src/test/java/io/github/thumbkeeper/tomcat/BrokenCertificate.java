/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;

/** A certificate of a defective provider: it cannot return its bytes. */
final class BrokenCertificate extends X509Certificate {
    private static final long serialVersionUID = 1L;

    private final transient X509Certificate sound;
    private final boolean unchecked;

    BrokenCertificate(X509Certificate sound, boolean unchecked) {
        this.sound = sound;
        this.unchecked = unchecked;
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
        if (unchecked) {
            throw new IllegalStateException("defect");
        }
        throw new CertificateEncodingException("defect");
    }

    @Override
    public void checkValidity() {}

    @Override
    public void checkValidity(Date date) {}

    @Override
    public int getVersion() {
        return sound.getVersion();
    }

    @Override
    public BigInteger getSerialNumber() {
        return sound.getSerialNumber();
    }

    @Override
    @SuppressWarnings("deprecation") // demanded by the class
    public Principal getIssuerDN() {
        return sound.getIssuerDN();
    }

    @Override
    @SuppressWarnings("deprecation") // demanded by the class
    public Principal getSubjectDN() {
        return sound.getSubjectDN();
    }

    @Override
    public Date getNotBefore() {
        return sound.getNotBefore();
    }

    @Override
    public Date getNotAfter() {
        return sound.getNotAfter();
    }

    @Override
    public byte[] getTBSCertificate() throws CertificateEncodingException {
        return sound.getTBSCertificate();
    }

    @Override
    public byte[] getSignature() {
        return sound.getSignature();
    }

    @Override
    public String getSigAlgName() {
        return sound.getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return sound.getSigAlgOID();
    }

    @Override
    public byte[] getSigAlgParams() {
        return sound.getSigAlgParams();
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        return sound.getIssuerUniqueID();
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        return sound.getSubjectUniqueID();
    }

    @Override
    public boolean[] getKeyUsage() {
        return sound.getKeyUsage();
    }

    @Override
    public int getBasicConstraints() {
        return sound.getBasicConstraints();
    }

    @Override
    public void verify(PublicKey key) {}

    @Override
    public void verify(PublicKey key, String provider) {}

    @Override
    public String toString() {
        return "broken";
    }

    @Override
    public PublicKey getPublicKey() {
        return sound.getPublicKey();
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
    public byte[] getExtensionValue(String oid) {
        return null;
    }
}
