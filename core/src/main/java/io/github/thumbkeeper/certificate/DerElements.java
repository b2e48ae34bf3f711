/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

import java.util.Enumeration;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a SEQUENCE, taken one after the other and each once. None of them is kept, so that a long list costs no more
 * than its bytes.
 *
 * <p>For use by one thread.
 */
final class DerElements {

    private final String owner;
    private final Enumeration<?> rest;
    private @Nullable ASN1Primitive next;

    private DerElements(String owner, ASN1Sequence sequence) {
        this.owner = owner;
        this.rest = sequence.getObjects();
        advance();
    }

    /**
     * Opens a SEQUENCE.
     *
     * @param owner what it should be, for messages
     */
    static DerElements of(String owner, ASN1Encodable element) throws CertificateFormatException {
        if (element instanceof ASN1Sequence sequence) {
            return new DerElements(owner, sequence);
        }
        throw new CertificateFormatException("is malformed: " + owner + " is no SEQUENCE");
    }

    /** Takes the next element, which must be there and of this type. */
    <T extends ASN1Primitive> T take(Class<T> type, String what) throws CertificateFormatException {
        T found = takeIf(type);
        if (found == null) {
            throw new CertificateFormatException(
                    "is malformed: in " + owner + " something else stands where " + what + " should be");
        }
        return found;
    }

    /** Takes the next element if it is of this type. */
    <T extends ASN1Primitive> @Nullable T takeIf(Class<T> type) {
        if (!type.isInstance(next)) {
            return null;
        }
        T found = type.cast(next);
        advance();
        return found;
    }

    /** Takes the next element, whatever it is. */
    void skip() {
        advance();
    }

    /** Takes the next element if it has this context tag. */
    @Nullable
    ASN1TaggedObject takeTagged(int number) {
        if (next instanceof ASN1TaggedObject tagged && tagged.hasContextTag(number)) {
            advance();
            return tagged;
        }
        return null;
    }

    /** Takes the next element if it has this context tag, and returns the one element in it. */
    @Nullable
    ASN1Primitive takeIn(int number) throws CertificateFormatException {
        ASN1TaggedObject tagged = takeTagged(number);
        if (tagged == null) {
            return null;
        }
        if (!tagged.isExplicit()) {
            throw new CertificateFormatException(
                    "is malformed: in " + owner + " there is not exactly one element in [" + number + "]");
        }
        return tagged.getExplicitBaseObject().toASN1Primitive();
    }

    boolean isAtEnd() {
        return next == null;
    }

    /** Sees to it that nothing is left. */
    void end() throws CertificateFormatException {
        if (next != null) {
            throw new CertificateFormatException("is malformed: " + owner
                    + " has an element that does not belong there, is out of order or is there twice");
        }
    }

    private void advance() {
        next = rest.hasMoreElements() ? ((ASN1Encodable) rest.nextElement()).toASN1Primitive() : null;
    }
}
