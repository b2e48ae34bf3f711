/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.security.cert.CertificateEncodingException;
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
        Optional<CheckedCertificate> usual = UsualForm.read(der);
        return usual.isPresent() ? usual.get() : new Parsed(der, CertificateParser.parse(der));
    }

    /**
     * Returns a certificate that was parsed before, and that {@link CertificateSyntax} has passed.
     *
     * @throws CertificateEncodingException if it cannot give its DER form
     */
    static CheckedCertificate ofSound(X509Certificate certificate) throws CertificateEncodingException {
        return new Parsed(certificate.getEncoded(), certificate);
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
    record Parsed(byte[] der, X509Certificate parsed) implements CheckedCertificate {

        @Override
        public Instant notAfter() {
            return parsed.getNotAfter().toInstant();
        }

        @Override
        public boolean isAuthority() {
            return parsed.getBasicConstraints() >= 0;
        }

        @Override
        public boolean hasSmallKey() {
            try {
                return parsed.getPublicKey() instanceof RSAPublicKey rsa
                        && rsa.getModulus().bitLength() < LEAST_RSA_BITS;
            } catch (RuntimeException e) {
                // Certificates of other providers let unchecked exceptions out; a warning is not worth the list.
                return false;
            }
        }

        @Override
        public boolean hasBrokenSignature() {
            return SignatureAlgorithm.isBroken(parsed);
        }
    }
}
