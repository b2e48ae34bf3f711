/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.math.BigInteger;
import java.security.Principal;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.Callable;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * A certificate of a class that is neither the JDK's nor Tomcat's. It equals another certificate, except for its bytes, which a test
 * chooses or lets fail.
 */
public final class ForeignCertificate extends X509Certificate {

    private static final long serialVersionUID = 1L;

    private final transient X509Certificate like;
    private final transient Callable<byte[]> encoded;

    /** Creates a certificate like another one that gets its bytes from {@code encoded}, each time. */
    public ForeignCertificate(X509Certificate like, Callable<byte[]> encoded) {
        this.like = like;
        this.encoded = encoded;
    }

    @Override
    public byte[] getEncoded() throws CertificateEncodingException {
        try {
            return encoded.call();
        } catch (Exception e) {
            throw ForeignCertificate.<CertificateEncodingException>sneaky(e);
        }
    }

    /** Throws a checked exception that is not declared. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Exception> E sneaky(Exception e) throws E {
        throw (E) e;
    }

    @Override
    public void checkValidity() {}

    @Override
    public void checkValidity(Date date) {}

    @Override
    public int getVersion() {
        return like.getVersion();
    }

    @Override
    public BigInteger getSerialNumber() {
        return like.getSerialNumber();
    }

    @Override
    @SuppressWarnings("JavaUtilDate")
    public Date getNotBefore() {
        return like.getNotBefore();
    }

    @Override
    @SuppressWarnings("JavaUtilDate")
    public Date getNotAfter() {
        return like.getNotAfter();
    }

    @Override
    @SuppressWarnings("deprecation")
    public Principal getIssuerDN() {
        return like.getIssuerX500Principal();
    }

    @Override
    @SuppressWarnings("deprecation")
    public Principal getSubjectDN() {
        return like.getSubjectX500Principal();
    }

    @Override
    public X500Principal getSubjectX500Principal() {
        return like.getSubjectX500Principal();
    }

    @Override
    public byte[] getTBSCertificate() throws CertificateEncodingException {
        return like.getTBSCertificate();
    }

    @Override
    public byte[] getSignature() {
        return like.getSignature();
    }

    @Override
    public String getSigAlgName() {
        return like.getSigAlgName();
    }

    @Override
    public String getSigAlgOID() {
        return like.getSigAlgOID();
    }

    @Override
    public byte @Nullable [] getSigAlgParams() {
        return like.getSigAlgParams();
    }

    @Override
    public boolean @Nullable [] getIssuerUniqueID() {
        return like.getIssuerUniqueID();
    }

    @Override
    public boolean @Nullable [] getSubjectUniqueID() {
        return like.getSubjectUniqueID();
    }

    @Override
    public boolean @Nullable [] getKeyUsage() {
        return like.getKeyUsage();
    }

    @Override
    public int getBasicConstraints() {
        return like.getBasicConstraints();
    }

    @Override
    public void verify(PublicKey key) {}

    @Override
    public void verify(PublicKey key, String provider) {}

    @Override
    public String toString() {
        return "a certificate of a foreign class";
    }

    @Override
    public PublicKey getPublicKey() {
        return like.getPublicKey();
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
        return like.getExtensionValue(oid);
    }
}
