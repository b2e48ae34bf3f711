/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.util.PrimitiveIterator;
import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1NumericString;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1T61String;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.ASN1VisibleString;
import org.jspecify.annotations.Nullable;

/** Reads the text of an attribute in a distinguished name. Thread-safe. */
final class DirectoryString {

    /** Longest text of a name, in characters; RFC 5280 allows 64 for a common name. */
    static final int MAX_LENGTH = 1024;

    private DirectoryString() {}

    /** Returns the text, or null if the value does not have a string type of names, or contains control characters. */
    static @Nullable String of(ASN1Encodable value) {
        String text = mayName(value) ? decode(value) : null;
        return text != null && isName(text) ? text : null;
    }

    /** Returns whether the value has one of the types that OpenSSL prints as text. */
    static boolean isText(ASN1Encodable value) {
        return mayName(value)
                || value instanceof ASN1NumericString
                || value instanceof ASN1VisibleString
                || value instanceof ASN1GeneralizedTime
                || value instanceof ASN1UTCTime;
    }

    /** Returns the text whatever it contains, or null if the value does not have a string type or is damaged. */
    static @Nullable String decode(ASN1Encodable value) {
        String text = decodeLeniently(value);
        boolean damaged = text != null && isAscii(value) && text.chars().anyMatch(c -> c >= 0x80);
        return damaged ? null : text;
    }

    /** Returns the text as {@link #decode} does, but in ISO 8859-1 if ASCII is expected and the value has other bytes. */
    static @Nullable String decodeLeniently(ASN1Encodable value) {
        if (value instanceof ASN1UniversalString universal) {
            return utf32(universal.getOctets());
        }
        if (value instanceof ASN1GeneralizedTime time) {
            return time.getTimeString();
        }
        if (value instanceof ASN1UTCTime time) {
            return time.toString();
        }
        // Bouncy Castle returns a bit string as hex digits.
        return value instanceof ASN1String string && !(value instanceof ASN1BitString) ? string.getString() : null;
    }

    /** RFC 5280 section 4.1.2.4, and IA5String for e-mail addresses and domain components. */
    private static boolean mayName(ASN1Encodable value) {
        return value instanceof ASN1PrintableString
                || value instanceof ASN1IA5String
                || value instanceof ASN1UTF8String
                || value instanceof ASN1BMPString
                || value instanceof ASN1T61String
                || value instanceof ASN1UniversalString;
    }

    private static boolean isAscii(ASN1Encodable value) {
        return value instanceof ASN1PrintableString
                || value instanceof ASN1IA5String
                || value instanceof ASN1NumericString
                || value instanceof ASN1VisibleString;
    }

    /** For Bouncy Castle the text of a UniversalString is its hex dump. */
    private static @Nullable String utf32(byte[] octets) {
        if (octets.length % 4 != 0 || octets.length > 4 * MAX_LENGTH) {
            return null;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < octets.length; i += 4) {
            int codePoint = (octets[i] & 0xFF) << 24
                    | (octets[i + 1] & 0xFF) << 16
                    | (octets[i + 2] & 0xFF) << 8
                    | (octets[i + 3] & 0xFF);
            if (!Character.isValidCodePoint(codePoint)) {
                return null;
            }
            text.appendCodePoint(codePoint);
        }
        return text.toString();
    }

    /** Returns whether a text is not blank, not too long, and without control characters. */
    static boolean isName(String text) {
        if (text.isBlank() || text.length() > MAX_LENGTH) {
            return false;
        }
        for (PrimitiveIterator.OfInt all = text.codePoints().iterator(); all.hasNext(); ) {
            int type = Character.getType(all.nextInt());
            if (type == Character.CONTROL || type == Character.SURROGATE) {
                return false;
            }
        }
        return true;
    }
}
