/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;

/** A certificate of a class that keeps no contract. */
final class StrangeCertificate extends X509Certificate {

    private final transient Supplier<X500Principal> subject;

    private StrangeCertificate(Supplier<X500Principal> subject) {
        this.subject = subject;
    }

    static X509Certificate throwing() {
        return new StrangeCertificate(() -> {
            throw strange();
        });
    }

    static X509Certificate withSubject(X500Principal subject) {
        return new StrangeCertificate(() -> subject);
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return subject.get();
    }

    @Override
    public void checkValidity() {
        throw strange();
    }

    @Override
    public void checkValidity(Date date) {
        throw strange();
    }

    @Override
    public int getVersion() {
        throw strange();
    }

    @Override
    public BigInteger getSerialNumber() {
        throw strange();
    }

    @Override
    @Deprecated
    public Principal getIssuerDN() {
        throw strange();
    }

    @Override
    @Deprecated
    public Principal getSubjectDN() {
        throw strange();
    }

    @Override
    public Date getNotBefore() {
        throw strange();
    }

    @Override
    public Date getNotAfter() {
        throw strange();
    }

    @Override
    public byte[] getTBSCertificate() {
        throw strange();
    }

    @Override
    public byte[] getSignature() {
        throw strange();
    }

    @Override
    public String getSigAlgName() {
        throw strange();
    }

    @Override
    public String getSigAlgOID() {
        throw strange();
    }

    @Override
    public byte[] getSigAlgParams() {
        throw strange();
    }

    @Override
    public boolean[] getIssuerUniqueID() {
        throw strange();
    }

    @Override
    public boolean[] getSubjectUniqueID() {
        throw strange();
    }

    @Override
    public boolean[] getKeyUsage() {
        throw strange();
    }

    @Override
    public int getBasicConstraints() {
        throw strange();
    }

    @Override
    public byte[] getEncoded() {
        throw strange();
    }

    @Override
    public void verify(PublicKey key) {
        throw strange();
    }

    @Override
    public void verify(PublicKey key, String provider) {
        throw strange();
    }

    @Override
    public String toString() {
        throw strange();
    }

    @Override
    public PublicKey getPublicKey() {
        throw strange();
    }

    @Override
    public boolean hasUnsupportedCriticalExtension() {
        throw strange();
    }

    @Override
    public Set<String> getCriticalExtensionOIDs() {
        throw strange();
    }

    @Override
    public Set<String> getNonCriticalExtensionOIDs() {
        throw strange();
    }

    @Override
    public byte[] getExtensionValue(String oid) {
        throw strange();
    }

    private static UnsupportedOperationException strange() {
        return new UnsupportedOperationException("strange");
    }
}
