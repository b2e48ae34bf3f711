/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;

/**
 * Recognises what bytes in DER are by their structure, for messages about files that are not what they seem.
 *
 * <p>The outer elements have a letter each, so that a structure is a pattern: {@code SSB} is a SEQUENCE, a SEQUENCE and a BIT STRING,
 * which all signed objects are. Nothing of the content is read beyond that. Thread-safe.
 */
public final class DerFormats {

    /** PBES2, by which Bouncy Castle encrypts a BCFKS store. */
    private static final String PBES2 = "1.2.840.113549.1.5.13";

    private static final int MOST_LETTERS = 64;
    private static final int OBJECT_IDENTIFIER = 6;

    /** Kind of object with this outer structure whose first element has this structure. */
    private record Shape(ContentFormat format, Pattern outer, Pattern first) {
        static Shape of(ContentFormat format, String outer, String first) {
            return new Shape(format, Pattern.compile(outer), Pattern.compile(first));
        }
    }

    private static final String ANY = ".*";
    private static final String SIGNED = "SSB";
    private static final String SIGNED_AND_CERTIFICATES = "SSB0?";

    /** The first that matches counts. */
    private static final List<Shape> SHAPES = List.of(
            // RFC 5280 section 4.1
            Shape.of(ContentFormat.CERTIFICATE, SIGNED, "0?ISSSSS.*"),
            // RFC 2986 section 4
            Shape.of(ContentFormat.CERTIFICATE_REQUEST, SIGNED, "ISS0?"),
            // RFC 5280 section 5.1
            Shape.of(ContentFormat.CRL, SIGNED, "I?SST{1,2}S?0?"),
            // RFC 5755 section 4.1; the first version has a holder without the attributes that followed
            Shape.of(ContentFormat.ATTRIBUTE_CERTIFICATE, SIGNED, "I?[S01]{2}SIS{2,3}B?S?"),
            // RFC 6960 section 4.2.1: a BasicOCSPResponse
            Shape.of(ContentFormat.OCSP_RESPONSE, SIGNED_AND_CERTIFICATES, "0?[12]TS1?"),
            // SignedPublicKeyAndChallenge of Netscape, as the HTML element keygen made it
            Shape.of(ContentFormat.CERTIFICATE_REQUEST, SIGNED, "SA"),
            Shape.of(ContentFormat.OCSP_RESPONSE, "E0?", ANY),
            // RFC 6960 section 4.1.1
            Shape.of(ContentFormat.OCSP_REQUEST, "S0?", "0?1?S2?"),
            // RFC 7292 section 4
            Shape.of(ContentFormat.PKCS12, "ISS?", "3"),
            // RFC 3161 section 2.4
            Shape.of(ContentFormat.TIMESTAMP, "ISD?I?X?0?", "1"),
            Shape.of(ContentFormat.TIMESTAMP, "SS?", "I.*"),
            // RFC 5958 section 2
            Shape.of(ContentFormat.PRIVATE_KEY, "ISO0?1?", "[01]"),
            Shape.of(ContentFormat.ENCRYPTED_PRIVATE_KEY, "SO", "D.*"),
            // RFC 8017 appendix A.1.2, the traditional form of DSA, and RFC 5915 section 3
            Shape.of(ContentFormat.PRIVATE_KEY, "I{9}S?|I{6}|IO0?1?", "[01]"),
            Shape.of(ContentFormat.PUBLIC_KEY, "SB", "D.*"),
            // RFC 8017 appendix A.1.1, or Diffie-Hellman parameters
            Shape.of(ContentFormat.PUBLIC_KEY, "II", ANY),
            Shape.of(ContentFormat.PARAMETERS, "III", ANY),
            // An ECParameters with an explicit curve (RFC 3279 section 2.3.5)
            Shape.of(ContentFormat.PARAMETERS, "ISSOII?", "1"),
            Shape.of(ContentFormat.PKI_PATH, "S+", SIGNED));

    private DerFormats() {}

    /** Returns the format, or empty if it is unknown or the bytes are not one SEQUENCE. Never throws. */
    public static Optional<ContentFormat> of(byte[] der) {
        try {
            return of(DerElements.sequence(der));
        } catch (CertificateFormatException | RuntimeException | StackOverflowError e) {
            // Bouncy Castle's parser lets unchecked exceptions out, and recurses into elements within elements.
            return Optional.empty();
        }
    }

    /**
     * Returns what bytes are that are not a certificate or CRL, as a clause without subject. Never throws.
     *
     * @param expected the expected object, such as {@code an X.509 certificate}
     * @param wanted its format
     * @param thrown the failure of the Java runtime to read it
     */
    public static String whyNot(byte[] der, String expected, ContentFormat wanted, Throwable thrown) {
        long length = length(der);
        if (length > der.length) {
            return "is cut off: it has " + der.length + " of " + length + " bytes";
        }
        ContentFormat format = of(der).orElse(null);
        String reason = RuntimeReason.of(thrown);
        if (format == wanted) {
            return "is " + expected + " that this Java runtime refuses: " + reason;
        }
        return format == null
                ? "is not " + expected + " in DER: " + reason
                : "is not " + expected + " in DER, but " + format.sentence().substring("is ".length());
    }

    /** Returns whether the first element of the outer SEQUENCE is an OBJECT IDENTIFIER, as in a PKCS #7 bundle. */
    public static boolean beginsWithIdentifier(byte[] der) {
        int first = der.length > 1 && der[1] < 0 ? 2 + (der[1] & 0x7F) : 2;
        return first < der.length && der[first] == OBJECT_IDENTIFIER;
    }

    /** Returns the number of bytes that the outer SEQUENCE should have, or -1 if its length is not a definite one. */
    static long length(byte[] der) {
        int count = der.length > 1 ? der[1] & 0x7F : 0;
        if (count < 1 || count > 4 || der.length < 2 + count) {
            return -1;
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << 8) | (der[2 + i] & 0xFF);
        }
        return 2 + count + length;
    }

    private static Optional<ContentFormat> of(ASN1Sequence whole) {
        if (whole.size() == 0) {
            return Optional.empty();
        }
        ASN1Encodable first = whole.getObjectAt(0).toASN1Primitive();
        String outer = shape(whole);
        if (first instanceof ASN1ObjectIdentifier type && outer.equals("D0")) {
            boolean signed = PKCSObjectIdentifiers.signedData.equals(type);
            return Optional.of(signed ? ContentFormat.PKCS7 : ContentFormat.CMS_MESSAGE);
        }
        if (isBcfks(outer, first)) {
            return Optional.of(ContentFormat.BCFKS);
        }
        String inner = inner(first);
        return SHAPES.stream()
                .filter(shape -> shape.outer.matcher(outer).matches()
                        && shape.first.matcher(inner).matches())
                .map(Shape::format)
                .findFirst();
    }

    private static boolean isBcfks(String outer, ASN1Encodable first) {
        return outer.equals("SS")
                && first instanceof ASN1Sequence data
                && shape(data).equals("SO")
                && data.getObjectAt(0).toASN1Primitive() instanceof ASN1Sequence algorithm
                && algorithm.size() > 0
                && algorithm.getObjectAt(0) instanceof ASN1ObjectIdentifier oid
                && oid.getId().equals(PBES2);
    }

    /** Returns the structure of a SEQUENCE, or the value of a small number. */
    private static String inner(ASN1Encodable first) {
        if (first instanceof ASN1Sequence sequence) {
            return shape(sequence);
        }
        return first instanceof ASN1Integer number && number.getValue().bitLength() < 8
                ? number.getValue().toString()
                : "";
    }

    private static String shape(ASN1Sequence sequence) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < Math.min(sequence.size(), MOST_LETTERS); i++) {
            letters.append(letter(sequence.getObjectAt(i).toASN1Primitive()));
        }
        return letters.toString();
    }

    private static String letter(ASN1Encodable element) {
        if (element instanceof ASN1TaggedObject tagged) {
            return tagged.getTagNo() <= 9 ? Integer.toString(tagged.getTagNo()) : "X";
        }
        if (element instanceof ASN1Sequence) {
            return "S";
        }
        if (element instanceof ASN1Integer) {
            return "I";
        }
        if (element instanceof ASN1UTCTime || element instanceof ASN1GeneralizedTime) {
            return "T";
        }
        return stringLetter(element);
    }

    private static String stringLetter(ASN1Encodable element) {
        if (element instanceof ASN1BitString) {
            return "B";
        }
        if (element instanceof ASN1OctetString) {
            return "O";
        }
        if (element instanceof ASN1ObjectIdentifier) {
            return "D";
        }
        if (element instanceof ASN1Enumerated) {
            return "E";
        }
        if (element instanceof ASN1IA5String) {
            return "A";
        }
        return element instanceof ASN1Set ? "M" : "X";
    }
}
