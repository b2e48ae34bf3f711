/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import io.github.thumbkeeper.certificate.x509.CheckedCertificate.Unparsed;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;

/**
 * Checks that a certificate has the elements of RFC 5280 section 4.1 in their order, and nothing else.
 *
 * <p>The JDK's parser stops without an error at the first element that it does not expect: for it, a certificate with a NULL before
 * its extensions has no extensions, and therefore no restrictions. It returns the original bytes nevertheless, so comparing
 * them proves nothing. Thread-safe.
 */
public final class CertificateSyntax {

    private static final int HIGHEST_VERSION = 2;
    private static final String TBS = "tbsCertificate";

    private CertificateSyntax() {}

    /** Returns whether a certificate passes {@link #require}. Never throws. */
    public static boolean isSound(X509Certificate certificate) {
        try {
            require(certificate);
            return true;
        } catch (CertificateFormatException | RuntimeException e) {
            return false;
        }
    }

    /**
     * Checks the bytes of a certificate, and that its object shows all of their extensions.
     *
     * @throws CertificateFormatException if one of the two checks fails
     */
    public static void require(X509Certificate certificate) throws CertificateFormatException {
        byte[] der = encoded(certificate);
        if (usual(certificate, der).isEmpty()) {
            require(certificate, der);
        }
    }

    static byte[] encoded(X509Certificate certificate) throws CertificateFormatException {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException | RuntimeException e) {
            throw notACertificate(e);
        }
    }

    /** Reads a certificate of the usual form, of which the JDK's objects show everything; empty for an object of another class. */
    static Optional<Unparsed> usual(X509Certificate certificate, byte[] der) {
        Class<?> type = certificate.getClass();
        boolean ofJdk = type.getClassLoader() == null && type.getName().equals("sun.security.x509.X509CertImpl");
        return ofJdk ? UsualForm.read(der) : Optional.empty();
    }

    static void require(X509Certificate certificate, byte[] der) throws CertificateFormatException {
        try {
            X509Syntax.requireSeen(certificate, check(der), TBS);
        } catch (RuntimeException e) {
            throw notACertificate(e);
        }
    }

    /** Bouncy Castle's parser, and certificates of other providers, let unchecked exceptions out. */
    private static CertificateFormatException notACertificate(Exception e) {
        return new CertificateFormatException("is not an X.509 certificate in DER", e);
    }

    /** Checks a certificate in DER and returns the OIDs of its extensions. */
    public static Set<String> check(byte[] der) throws CertificateFormatException {
        return check(DerElements.sequence(der));
    }

    public static Set<String> check(ASN1Sequence whole) throws CertificateFormatException {
        DerElements certificate = new DerElements("the certificate", whole);
        ASN1Sequence tbs = certificate.sequence(TBS);
        ASN1Sequence algorithm = certificate.sequence("signatureAlgorithm");
        certificate.bitString("signatureValue");
        certificate.end();
        X509Syntax.algorithm("signatureAlgorithm", algorithm);
        return tbs(new DerElements(TBS, tbs), algorithm);
    }

    private static Set<String> tbs(DerElements tbs, ASN1Sequence algorithm) throws CertificateFormatException {
        int version = version(tbs);
        // Any number: authorities have issued zero, negative ones, and longer ones than RFC 5280 allows.
        tbs.integer("serialNumber");
        X509Syntax.sameAlgorithm(tbs.sequence("signature"), algorithm);
        // Names have no optional elements, and the JDK refuses wrong ones.
        tbs.sequence("issuer");
        validity(tbs.sequence("validity"));
        tbs.sequence("subject");
        publicKey(tbs.sequence("subjectPublicKeyInfo"));
        if (version > 0) {
            tbs.optionalBitString(1, "issuerUniqueID");
            tbs.optionalBitString(2, "subjectUniqueID");
        }
        ASN1Sequence extensions = version < HIGHEST_VERSION
                ? null
                : tbs.optionalExplicit(3, ASN1Sequence.class, "extensions", "one SEQUENCE");
        tbs.end();
        return extensions == null ? Set.of() : X509Syntax.extensions(TBS, extensions);
    }

    /** In DER version 1 is left out, but some authorities wrote it. */
    private static int version(DerElements tbs) throws CertificateFormatException {
        ASN1Integer version = tbs.optionalExplicit(0, ASN1Integer.class, "version", "one INTEGER");
        int number = version == null ? 0 : version.intValueExact();
        if (number < 0 || number > HIGHEST_VERSION) {
            throw new CertificateFormatException("has a version other than 1, 2 and 3");
        }
        return number;
    }

    private static void validity(ASN1Sequence sequence) throws CertificateFormatException {
        DerElements validity = new DerElements("validity", sequence);
        validity.time("notBefore");
        validity.time("notAfter");
        validity.end();
    }

    private static void publicKey(ASN1Sequence sequence) throws CertificateFormatException {
        DerElements key = new DerElements("subjectPublicKeyInfo", sequence);
        X509Syntax.algorithm("the algorithm of subjectPublicKeyInfo", key.sequence("algorithm"));
        key.bitString("subjectPublicKey");
        key.end();
    }
}
