/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.jspecify.annotations.Nullable;

/**
 * Checks that certificates, certificate revocation lists and OCSP responses are built of exactly the elements that they should
 * have, each in its place and once.
 *
 * <p>The JDK and the structures of Bouncy Castle do not: they stop at, or pass over, an element they do not expect, and what
 * follows is lost in silence, be it the extensions or all that is revoked. The bytes stay as they were, so comparing those
 * shows nothing. Odd values in the right place are none of the business of this class.
 */
final class DerOutline {

    private static final String EXTENSIONS = "the extensions";

    private DerOutline() {}

    /**
     * Checks a certificate (RFC 5280 section 4.1).
     *
     * @throws CertificateFormatException if it is built in any other way
     */
    static void requireCertificate(byte[] der) throws CertificateFormatException {
        require(der, DerOutline::certificate);
    }

    /**
     * Checks a certificate revocation list (RFC 5280 section 5.1).
     *
     * @throws CertificateFormatException if it is built in any other way
     */
    static void requireRevocationList(byte[] der) throws CertificateFormatException {
        require(der, DerOutline::revocationList);
    }

    /**
     * Checks an OCSP response (RFC 6960 section 4.2.1), with the certificates in it.
     *
     * @throws CertificateFormatException if it is built in any other way
     */
    static void requireOcspResponse(byte[] der) throws CertificateFormatException {
        require(der, DerOutline::ocspResponse);
    }

    /** Checks one structure. */
    @FunctionalInterface
    private interface Outline {
        void check(ASN1Encodable element) throws CertificateFormatException;
    }

    private static void require(byte[] der, Outline outline) throws CertificateFormatException {
        try {
            outline.check(whole(der));
        } catch (IOException | RuntimeException e) {
            // Bouncy Castle reads what is inside only when it is asked for, and then throws unchecked exceptions.
            throw new CertificateFormatException("is malformed: an element of it is no DER", e);
        }
    }

    /** What is inside is not read yet. */
    private static ASN1Primitive whole(byte[] der) throws IOException, CertificateFormatException {
        try (ASN1InputStream in = new ASN1InputStream(der, true)) {
            ASN1Primitive element = in.readObject();
            if (element == null || in.read() >= 0) {
                throw new CertificateFormatException("is malformed: it is not one element in DER");
            }
            return element;
        }
    }

    private static void certificate(ASN1Encodable element) throws CertificateFormatException {
        DerElements parts = DerElements.of("the certificate", element);
        toBeSigned(parts.take(ASN1Sequence.class, "what is signed"));
        signature(parts);
        parts.end();
    }

    private static void toBeSigned(ASN1Sequence element) throws CertificateFormatException {
        DerElements parts = DerElements.of("what is signed of the certificate", element);
        version(parts);
        parts.take(ASN1Integer.class, "the serial number");
        algorithm(parts.take(ASN1Sequence.class, "the signature algorithm"));
        parts.take(ASN1Sequence.class, "the issuer");
        validity(parts.take(ASN1Sequence.class, "the validity"));
        parts.take(ASN1Sequence.class, "the subject");
        publicKey(parts.take(ASN1Sequence.class, "the public key"));
        uniqueIdentifier(parts.takeTagged(1));
        uniqueIdentifier(parts.takeTagged(2));
        extensions(parts.takeIn(3));
        parts.end();
    }

    private static void version(DerElements parts) throws CertificateFormatException {
        ASN1Primitive version = parts.takeIn(0);
        if (version != null && !(version instanceof ASN1Integer)) {
            throw new CertificateFormatException("is malformed: its version is no INTEGER");
        }
    }

    private static void validity(ASN1Sequence element) throws CertificateFormatException {
        DerElements dates = DerElements.of("the validity", element);
        time(dates, "the begin");
        time(dates, "the end");
        dates.end();
    }

    private static void publicKey(ASN1Sequence element) throws CertificateFormatException {
        DerElements parts = DerElements.of("the public key", element);
        algorithm(parts.take(ASN1Sequence.class, "its algorithm"));
        parts.take(ASN1BitString.class, "the key itself");
        parts.end();
    }

    private static void uniqueIdentifier(@Nullable ASN1TaggedObject element) {
        if (element != null) {
            ASN1BitString.getInstance(element, false);
        }
    }

    private static void revocationList(ASN1Encodable element) throws CertificateFormatException {
        DerElements parts = DerElements.of("the list", element);
        listToBeSigned(parts.take(ASN1Sequence.class, "what is signed"));
        signature(parts);
        parts.end();
    }

    private static void listToBeSigned(ASN1Sequence element) throws CertificateFormatException {
        DerElements parts = DerElements.of("what is signed of the list", element);
        parts.takeIf(ASN1Integer.class);
        algorithm(parts.take(ASN1Sequence.class, "the signature algorithm"));
        parts.take(ASN1Sequence.class, "the issuer");
        time(parts, "the time of this list");
        takeTime(parts);
        ASN1Sequence entries = parts.takeIf(ASN1Sequence.class);
        if (entries != null) {
            entries(entries);
        }
        extensions(parts.takeIn(0));
        parts.end();
    }

    private static void entries(ASN1Sequence element) throws CertificateFormatException {
        DerElements entries = DerElements.of("the revoked certificates", element);
        while (!entries.isAtEnd()) {
            DerElements entry =
                    DerElements.of("a revoked certificate", entries.take(ASN1Sequence.class, "a revoked certificate"));
            entry.take(ASN1Integer.class, "its serial number");
            time(entry, "the time of its revocation");
            extensions(entry.takeIf(ASN1Sequence.class));
            entry.end();
        }
    }

    private static void ocspResponse(ASN1Encodable element) throws CertificateFormatException {
        DerElements parts = DerElements.of("the OCSP response", element);
        parts.take(ASN1Enumerated.class, "the status");
        ASN1Primitive bytes = parts.takeIn(0);
        parts.end();
        if (bytes != null) {
            DerElements typed = DerElements.of("the answer", bytes);
            typed.take(ASN1ObjectIdentifier.class, "its type");
            ASN1OctetString answer = typed.take(ASN1OctetString.class, "its content");
            typed.end();
            require(answer.getOctets(), DerOutline::basicOcspResponse);
        }
    }

    private static void basicOcspResponse(ASN1Encodable element) throws CertificateFormatException {
        DerElements parts = DerElements.of("the basic answer", element);
        responseData(parts.take(ASN1Sequence.class, "what is signed"));
        signature(parts);
        ASN1Primitive certificates = parts.takeIn(0);
        parts.end();
        if (certificates != null) {
            DerElements each = DerElements.of("the certificates of the answer", certificates);
            while (!each.isAtEnd()) {
                certificate(each.take(ASN1Sequence.class, "a certificate"));
            }
        }
    }

    private static void responseData(ASN1Sequence element) throws CertificateFormatException {
        DerElements parts = DerElements.of("what is signed of the answer", element);
        version(parts);
        if (parts.takeIn(1) == null && parts.takeIn(2) == null) {
            throw new CertificateFormatException("is malformed: the answer does not say in its place who gives it");
        }
        parts.take(ASN1GeneralizedTime.class, "the time of the answer");
        ASN1Sequence statements = parts.take(ASN1Sequence.class, "the list of statements");
        extensions(parts.takeIn(1));
        parts.end();
        DerElements each = DerElements.of("the list of statements", statements);
        while (!each.isAtEnd()) {
            statement(each.take(ASN1Sequence.class, "a statement"));
        }
    }

    private static void statement(ASN1Sequence element) throws CertificateFormatException {
        DerElements parts = DerElements.of("a statement", element);
        certificateId(parts.take(ASN1Sequence.class, "the certificate it is about"));
        ASN1TaggedObject revoked = parts.takeTagged(1);
        if (revoked != null) {
            revokedInfo(ASN1Sequence.getInstance(revoked, false));
        } else if (parts.takeTagged(0) == null && parts.takeTagged(2) == null) {
            throw new CertificateFormatException("is malformed: a statement has no status in its place");
        }
        parts.take(ASN1GeneralizedTime.class, "the time of the statement");
        ASN1Primitive next = parts.takeIn(0);
        if (next != null && !(next instanceof ASN1GeneralizedTime)) {
            throw new CertificateFormatException("is malformed: the end of a statement is no time");
        }
        extensions(parts.takeIn(1));
        parts.end();
    }

    private static void certificateId(ASN1Sequence element) throws CertificateFormatException {
        DerElements parts = DerElements.of("the certificate of a statement", element);
        algorithm(parts.take(ASN1Sequence.class, "the digest algorithm"));
        parts.take(ASN1OctetString.class, "the digest of the issuer's name");
        parts.take(ASN1OctetString.class, "the digest of the issuer's key");
        parts.take(ASN1Integer.class, "the serial number");
        parts.end();
    }

    private static void revokedInfo(ASN1Sequence element) throws CertificateFormatException {
        DerElements parts = DerElements.of("the revocation", element);
        parts.take(ASN1GeneralizedTime.class, "its time");
        parts.takeIn(0);
        parts.end();
    }

    private static void signature(DerElements parts) throws CertificateFormatException {
        algorithm(parts.take(ASN1Sequence.class, "the signature algorithm"));
        parts.take(ASN1BitString.class, "the signature");
    }

    private static void algorithm(ASN1Sequence element) throws CertificateFormatException {
        DerElements parts = DerElements.of("an algorithm", element);
        parts.take(ASN1ObjectIdentifier.class, "its name");
        parts.skip();
        parts.end();
    }

    private static void time(DerElements parts, String what) throws CertificateFormatException {
        if (!takeTime(parts)) {
            throw new CertificateFormatException("is malformed: " + what + " is not there, or is no time");
        }
    }

    private static boolean takeTime(DerElements parts) {
        return parts.takeIf(ASN1UTCTime.class) != null || parts.takeIf(ASN1GeneralizedTime.class) != null;
    }

    private static void extensions(@Nullable ASN1Primitive element) throws CertificateFormatException {
        if (element == null) {
            return;
        }
        DerElements extensions = DerElements.of(EXTENSIONS, element);
        Set<ASN1ObjectIdentifier> seen = new HashSet<>();
        while (!extensions.isAtEnd()) {
            DerElements parts = DerElements.of("an extension", extensions.take(ASN1Sequence.class, "an extension"));
            if (!seen.add(parts.take(ASN1ObjectIdentifier.class, "its name"))) {
                throw new CertificateFormatException("is malformed: the same extension is there twice");
            }
            parts.takeIf(ASN1Boolean.class);
            parts.take(ASN1OctetString.class, "its value");
            parts.end();
        }
    }
}
