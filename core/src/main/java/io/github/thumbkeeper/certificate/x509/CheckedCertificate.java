/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Optional;

/**
 * A certificate of a store, checked as {@link CertificateParser} checks it, with the properties that an entry and its warnings need. A
 * certificate of the {@linkplain UsualForm usual form} becomes an object of the JDK only on request.
 *
 * <p>Immutable and thread-safe.
 */
public sealed interface CheckedCertificate {

    /** Smallest size of an RSA key that is not small (NIST SP 800-131A). */
    int LEAST_RSA_BITS = 2048;

    /**
     * Reads the one certificate in DER, with nothing after it.
     *
     * @param der belongs to the certificate from now on
     * @throws CertificateFormatException if the bytes are anything else
     */
    static CheckedCertificate of(byte[] der) throws CertificateFormatException {
        Optional<Unparsed> usual = UsualForm.read(der);
        return usual.isPresent() ? usual.get() : Parsed.of(der, CertificateParser.parse(der));
    }

    /**
     * Checks a certificate that is an object already, as {@link CertificateSyntax#require} does.
     *
     * @throws CertificateFormatException if it is malformed
     */
    static CheckedCertificate of(X509Certificate certificate) throws CertificateFormatException {
        byte[] der = CertificateSyntax.encoded(certificate);
        Optional<Unparsed> usual = CertificateSyntax.usual(certificate, der);
        if (usual.isPresent()) {
            return new Parsed(
                    der, certificate, usual.get().notAfter(), usual.get().isAuthority(), false, false);
        }
        CertificateSyntax.require(certificate, der);
        return Parsed.of(der, certificate);
    }

    /** Returns the certificate in DER, not a copy. */
    byte[] der();

    /** Returns the end of its validity. */
    Instant notAfter();

    /** Returns whether it is the certificate of an authority (CA:TRUE). */
    boolean isAuthority();

    /** Returns whether its key is an RSA key below 2048 bits. */
    boolean hasSmallKey();

    /** Returns whether its signature can be forged; see {@link SignatureAlgorithm#isBroken}. */
    boolean hasBrokenSignature();

    /**
     * Returns the certificate as an object.
     *
     * @throws CertificateFormatException if the JDK refuses it
     */
    X509Certificate parsed() throws CertificateFormatException;

    /** A certificate of the usual form, which has a large key and a sound signature. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Unparsed(byte[] der, Instant notAfter, boolean isAuthority) implements CheckedCertificate {
        @Override
        public boolean hasSmallKey() {
            return false;
        }

        @Override
        public boolean hasBrokenSignature() {
            return false;
        }

        @Override
        public X509Certificate parsed() throws CertificateFormatException {
            return CertificateParser.parse(der);
        }
    }

    /** A certificate of another form, or one that was an object already. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Parsed(
            byte[] der,
            X509Certificate parsed,
            Instant notAfter,
            boolean isAuthority,
            boolean hasSmallKey,
            boolean hasBrokenSignature)
            implements CheckedCertificate {

        static Parsed of(byte[] der, X509Certificate certificate) throws CertificateFormatException {
            try {
                return new Parsed(
                        der,
                        certificate,
                        certificate.getNotAfter().toInstant(),
                        certificate.getBasicConstraints() >= 0,
                        hasSmallKey(certificate),
                        SignatureAlgorithm.isBroken(certificate));
            } catch (RuntimeException e) {
                // Certificates of other providers let unchecked exceptions out.
                throw new CertificateFormatException("is not an X.509 certificate in DER", e);
            }
        }

        private static boolean hasSmallKey(X509Certificate certificate) {
            try {
                return certificate.getPublicKey() instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() < LEAST_RSA_BITS;
            } catch (RuntimeException e) {
                // A warning is not worth the list.
                return false;
            }
        }
    }
}
