/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.io.IOException;
import java.util.Enumeration;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.BERSequence;
import org.bouncycastle.asn1.BERTaggedObject;
import org.jspecify.annotations.Nullable;

/**
 * Walks through the elements of a SEQUENCE in their order, and refuses each that is not in its place.
 *
 * <p>An element is parsed when the walk reaches it, and its own elements only on request: a CRL may have millions of entries. Not
 * thread-safe.
 */
public final class DerElements {

    private static final int SEQUENCE = 0x30;
    private static final String NOT_DER = "is not encoded in DER, but in another form of ASN.1";

    private final String owner;
    private final Enumeration<?> rest;
    private @Nullable ASN1Primitive next;
    private @Nullable String last;

    /**
     * Starts before the first element.
     *
     * @param owner the name of the sequence, for messages
     */
    public DerElements(String owner, ASN1Sequence sequence) throws CertificateFormatException {
        if (sequence instanceof BERSequence) {
            throw new CertificateFormatException(NOT_DER);
        }
        this.owner = owner;
        this.rest = sequence.getObjects();
        advance();
    }

    /**
     * Returns whether the bytes begin like a certificate or CRL in DER: a SEQUENCE whose length is in the long form. No real one is
     * shorter than 128 bytes, and a text that begins with the digit 0 (byte 30) never has such a second byte.
     */
    public static boolean isDer(byte[] bytes) {
        return bytes.length > 1 && bytes[0] == SEQUENCE && bytes[1] < 0;
    }

    /** Parses bytes that must be one SEQUENCE, and nothing else. */
    public static ASN1Sequence sequence(byte[] der) throws CertificateFormatException {
        try (ASN1InputStream in = new ASN1InputStream(der, true)) {
            ASN1Primitive whole = in.readObject();
            if (whole instanceof ASN1Sequence sequence && in.readObject() == null) {
                return sequence;
            }
        } catch (IOException | RuntimeException e) {
            throw new CertificateFormatException("cannot be read as ASN.1", e);
        }
        throw new CertificateFormatException("is not one SEQUENCE of ASN.1");
    }

    /** Takes the next element, which must be a SEQUENCE. */
    public ASN1Sequence sequence(String name) throws CertificateFormatException {
        return take(ASN1Sequence.class, name, "a SEQUENCE");
    }

    /** Takes the next element if it is a SEQUENCE, else returns null. */
    @Nullable
    public ASN1Sequence optionalSequence(String name) throws CertificateFormatException {
        return takeIf(ASN1Sequence.class, name);
    }

    /** Takes the next element, which must be an INTEGER. */
    public ASN1Integer integer(String name) throws CertificateFormatException {
        return take(ASN1Integer.class, name, "an INTEGER");
    }

    /** Takes the next element if it is an INTEGER, else returns null. */
    @Nullable
    public ASN1Integer optionalInteger(String name) throws CertificateFormatException {
        return takeIf(ASN1Integer.class, name);
    }

    /** Takes the next element, which must be a BIT STRING. */
    public void bitString(String name) throws CertificateFormatException {
        take(ASN1BitString.class, name, "a BIT STRING");
    }

    /** Takes the next element, which must be an OCTET STRING. */
    public ASN1OctetString octetString(String name) throws CertificateFormatException {
        return take(ASN1OctetString.class, name, "an OCTET STRING");
    }

    /** Takes the next element, which must be an OBJECT IDENTIFIER. */
    public ASN1ObjectIdentifier identifier(String name) throws CertificateFormatException {
        return take(ASN1ObjectIdentifier.class, name, "an OBJECT IDENTIFIER");
    }

    void optionalBoolean(String name) throws CertificateFormatException {
        takeIf(ASN1Boolean.class, name);
    }

    /** Takes an element of any type, if there is one. */
    void optionalAny(String name) throws CertificateFormatException {
        takeIf(ASN1Primitive.class, name);
    }

    /** Takes the next element, which must be of this type. */
    public <T extends ASN1Primitive> T any(Class<T> type, String name, String expected)
            throws CertificateFormatException {
        return take(type, name, expected);
    }

    /** Takes the next element, which must be a UTCTime or GeneralizedTime. */
    public void time(String name) throws CertificateFormatException {
        if (!optionalTime(name)) {
            throw missing(name, "a time");
        }
    }

    /** Takes the next element if it is a UTCTime or GeneralizedTime; returns whether it was. */
    public boolean optionalTime(String name) throws CertificateFormatException {
        return takeIf(ASN1UTCTime.class, name) != null || takeIf(ASN1GeneralizedTime.class, name) != null;
    }

    /** Takes the next element, which must be a GeneralizedTime, the only time of OCSP. */
    public void generalizedTime(String name) throws CertificateFormatException {
        take(ASN1GeneralizedTime.class, name, "a GeneralizedTime");
    }

    /** Takes the element with this context tag, if it comes next. */
    @Nullable
    ASN1TaggedObject optionalTagged(int number, String name) throws CertificateFormatException {
        return next instanceof ASN1TaggedObject tagged && tagged.hasContextTag(number)
                ? takeIf(ASN1TaggedObject.class, name)
                : null;
    }

    /** Takes the one element that an explicit context tag holds, if this tag comes next. */
    public <T extends ASN1Object> @Nullable T optionalExplicit(int number, Class<T> type, String name, String expected)
            throws CertificateFormatException {
        ASN1TaggedObject tagged = optionalTagged(number, name);
        if (tagged == null) {
            return null;
        }
        if (tagged.isExplicit() && type.isInstance(tagged.getExplicitBaseObject())) {
            return type.cast(tagged.getExplicitBaseObject());
        }
        throw new CertificateFormatException(
                "has in [" + number + "] of " + owner + " something else than " + expected + " (" + name + ")");
    }

    /** Takes a BIT STRING with an implicit context tag, if this tag comes next. */
    void optionalBitString(int number, String name) throws CertificateFormatException {
        ASN1TaggedObject tagged = optionalTagged(number, name);
        if (tagged != null && !(isPrimitive(tagged) && isBitString(tagged))) {
            throw new CertificateFormatException(
                    "has in [" + number + "] of " + owner + " something else than a BIT STRING (" + name + ")");
        }
    }

    /** Returns whether there is another element. */
    public boolean hasMore() {
        return next != null;
    }

    /** Refuses whatever follows. */
    public void end() throws CertificateFormatException {
        if (next != null) {
            throw new CertificateFormatException("has an element "
                    + (last == null ? "at the beginning of " + owner : "after " + last + " in " + owner)
                    + " that is not in its place, or is there twice");
        }
    }

    /** Parsed from DER, a primitive element is its contents and a constructed one its elements. */
    private static boolean isPrimitive(ASN1TaggedObject tagged) {
        return !tagged.isExplicit() && tagged.getBaseObject() instanceof ASN1OctetString;
    }

    private static boolean isBitString(ASN1TaggedObject tagged) {
        try {
            return ASN1BitString.getInstance(tagged, false) != null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private <T extends ASN1Primitive> T take(Class<T> type, String name, String expected)
            throws CertificateFormatException {
        T taken = takeIf(type, name);
        if (taken == null) {
            throw missing(name, expected);
        }
        return taken;
    }

    private CertificateFormatException missing(String name, String expected) {
        return new CertificateFormatException("has " + (next == null ? "nothing" : "another element") + " in " + owner
                + " where " + name + " (" + expected + ") is expected");
    }

    private <T extends ASN1Primitive> @Nullable T takeIf(Class<T> type, String name) throws CertificateFormatException {
        if (!type.isInstance(next)) {
            return null;
        }
        T taken = type.cast(next);
        if (taken instanceof BERTaggedObject) {
            throw new CertificateFormatException(NOT_DER);
        }
        last = name;
        advance();
        return taken;
    }

    private void advance() throws CertificateFormatException {
        try {
            next = rest.hasMoreElements() ? ((ASN1Encodable) rest.nextElement()).toASN1Primitive() : null;
        } catch (RuntimeException e) {
            throw new CertificateFormatException(
                    "has an element " + (last == null ? "at the beginning of " : "after " + last + " in ") + owner
                            + " that cannot be read",
                    e);
        }
    }
}
