/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import io.github.thumbkeeper.certificate.x509.CheckedCertificate.Unparsed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Recognises the form that almost all client certificates have, in a hundredth of the time that the JDK takes to parse one: a store may
 * list a hundred thousand.
 *
 * <p>This is not a parser. It knows a small part of what RFC 5280 allows, all of which the JDK accepts and {@link CertificateSyntax}
 * too: version 3, DER without any deviation, names of common string types, a sound signature algorithm, an RSA key of 2048 bits or more
 * or an EC key on a NIST curve, and critical extensions of three kinds. Everything else is left to the JDK, so that a mistake here costs
 * time and not a check.
 *
 * <p>One object reads one certificate. Not thread-safe.
 */
final class UsualForm {

    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_IDENTIFIER = 0x06;
    private static final int UTC_TIME = 0x17;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final int EXTENSIONS = 0xA3;

    private static final int MOST_EXTENSIONS = 24;
    private static final int LONGEST_IDENTIFIER = 24;
    private static final int LONGEST_ARC = 4;
    private static final int LONGEST_SERIAL_NUMBER = 20;
    /** Modulus of 2048 bits, with the zero before its first byte. */
    private static final int SHORTEST_MODULUS = 257;
    /** Modulus of 8192 bits. */
    private static final int LONGEST_MODULUS = 1025;

    private static final byte[] VERSION_3 = hex("a003020102");

    /** With RSA and SHA-256, 384 and 512 (RFC 4055 section 5), with ECDSA and the same (RFC 5758 section 3.2). */
    private static final List<byte[]> SIGNATURES = List.of(
            hex("300d06092a864886f70d01010b0500"),
            hex("300d06092a864886f70d01010c0500"),
            hex("300d06092a864886f70d01010d0500"),
            hex("300a06082a8648ce3d040302"),
            hex("300a06082a8648ce3d040303"),
            hex("300a06082a8648ce3d040304"));

    /** RFC 3279 section 2.3.1. */
    private static final byte[] RSA = hex("300d06092a864886f70d0101010500");

    /** P-256, P-384 and P-521 (RFC 5480 section 2.1.1.1). */
    private static final List<Curve> CURVES = List.of(
            new Curve(hex("301306072a8648ce3d020106082a8648ce3d030107"), 32),
            new Curve(hex("301006072a8648ce3d020106052b81040022"), 48),
            new Curve(hex("301006072a8648ce3d020106052b81040023"), 66));

    private static final byte[] TRUE = hex("0101ff");
    private static final byte[] KEY_USAGE = hex("0603551d0f");
    private static final byte[] BASIC_CONSTRAINTS = hex("0603551d13");
    private static final byte[] EXTENDED_KEY_USAGE = hex("0603551d25");
    private static final byte[] NOT_AN_AUTHORITY = hex("3000");
    private static final byte[] AUTHORITY = hex("30030101ff");
    private static final byte[] AUTHORITY_WITH_LENGTH = hex("30060101ff0201");

    /** A curve, by the AlgorithmIdentifier of its keys, and the size of a coordinate. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Curve(byte[] algorithm, int size) {}

    private final byte[] der;
    /** Index of the next byte. */
    private int at;

    private boolean authority;

    private UsualForm(byte[] der) {
        this.der = der;
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    /** Reads a certificate; empty if it has another form or is not one. Never throws. */
    static Optional<Unparsed> read(byte[] der) {
        try {
            return Optional.of(new UsualForm(der).certificate());
        } catch (OtherFormException e) {
            return Optional.empty();
        }
    }

    /** Ends the reading of a certificate that does not have the usual form. */
    private static final class OtherFormException extends Exception {
        private static final long serialVersionUID = 1;

        private OtherFormException() {
            super(null, null, false, false);
        }
    }

    private Unparsed certificate() throws OtherFormException {
        int end = enter(SEQUENCE, der.length);
        require(end == der.length);
        int tbsEnd = enter(SEQUENCE, end);
        take(VERSION_3, tbsEnd);
        serialNumber(tbsEnd);
        byte[] signature = takeAny(SIGNATURES, tbsEnd);
        name(tbsEnd);
        Instant notAfter = validity(tbsEnd);
        name(tbsEnd);
        publicKey(tbsEnd);
        if (at < tbsEnd) {
            extensions(tbsEnd);
        }
        require(at == tbsEnd);
        take(signature, end);
        at = enterBits(end);
        require(at == end);
        return new Unparsed(der, notAfter, authority);
    }

    private void serialNumber(int limit) throws OtherFormException {
        int end = positive(limit);
        require(end - at <= LONGEST_SERIAL_NUMBER);
        at = end;
    }

    private void name(int limit) throws OtherFormException {
        int end = enterFilled(SEQUENCE, limit);
        while (at < end) {
            int rdnEnd = enterFilled(SET, end);
            while (at < rdnEnd) {
                int attributeEnd = enter(SEQUENCE, rdnEnd);
                objectIdentifier(attributeEnd);
                skipText(attributeEnd);
                require(at == attributeEnd);
            }
        }
    }

    /** Skips a UTF8String, PrintableString or IA5String. */
    private void skipText(int limit) throws OtherFormException {
        require(at < limit && (der[at] == 0x0C || der[at] == 0x13 || der[at] == 0x16));
        at = enter(der[at], limit);
    }

    /** Returns the end of the validity. */
    private Instant validity(int limit) throws OtherFormException {
        int end = enter(SEQUENCE, limit);
        LocalDateTime notBefore = time(end);
        LocalDateTime notAfter = time(end);
        require(at == end && !notAfter.isBefore(notBefore));
        return notAfter.toInstant(ZoneOffset.UTC);
    }

    /** Reads a time in the only forms of RFC 5280 section 4.1.2.5: with seconds, and in UTC. */
    private LocalDateTime time(int limit) throws OtherFormException {
        boolean general = at < limit && der[at] == GENERALIZED_TIME;
        int end = enter(general ? GENERALIZED_TIME : UTC_TIME, limit);
        require(end - at == (general ? 15 : 13) && der[end - 1] == 'Z');
        int century = general ? digits() : 0;
        int year = digits();
        try {
            LocalDateTime time = LocalDateTime.of(
                    general ? century * 100 + year : year < 50 ? 2000 + year : 1900 + year,
                    digits(),
                    digits(),
                    digits(),
                    digits(),
                    digits());
            at = end;
            require(time.getYear() >= 1950);
            return time;
        } catch (DateTimeException e) {
            throw new OtherFormException();
        }
    }

    private int digits() throws OtherFormException {
        int tens = der[at++] - '0';
        int ones = der[at++] - '0';
        require(tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9);
        return tens * 10 + ones;
    }

    private void publicKey(int limit) throws OtherFormException {
        int end = enter(SEQUENCE, limit);
        if (isNext(RSA, end)) {
            at += RSA.length;
            rsaKey(enterBits(end));
        } else {
            point(curve(end), end);
        }
        require(at == end);
    }

    private void rsaKey(int limit) throws OtherFormException {
        int end = enter(SEQUENCE, limit);
        int modulusEnd = positive(end);
        require(modulusEnd - at >= SHORTEST_MODULUS && modulusEnd - at <= LONGEST_MODULUS);
        at = modulusEnd;
        int exponentEnd = positive(end);
        require(exponentEnd - at <= 4 && (exponentEnd - at > 1 || der[at] >= 3));
        at = exponentEnd;
        require(at == end && at == limit);
    }

    private Curve curve(int limit) throws OtherFormException {
        for (Curve curve : CURVES) {
            if (isNext(curve.algorithm, limit)) {
                at += curve.algorithm.length;
                return curve;
            }
        }
        throw new OtherFormException();
    }

    /** Reads a point without compression. */
    private void point(Curve curve, int limit) throws OtherFormException {
        int end = enterBits(limit);
        require(end - at == 1 + 2 * curve.size && der[at] == 4);
        at = end;
    }

    private void extensions(int limit) throws OtherFormException {
        require(enter(EXTENSIONS, limit) == limit);
        require(enterFilled(SEQUENCE, limit) == limit);
        int[] identifiers = new int[MOST_EXTENSIONS];
        for (int count = 0; at < limit; count++) {
            require(count < MOST_EXTENSIONS);
            int end = enter(SEQUENCE, limit);
            identifiers[count] = at;
            objectIdentifier(end);
            requireNew(identifiers, count);
            extension(identifiers[count], end);
            require(at == end);
        }
    }

    /** Refuses an extension whose identifier, which ends here, is that of an earlier one. */
    private void requireNew(int[] identifiers, int last) throws OtherFormException {
        int length = at - identifiers[last];
        for (int i = 0; i < last; i++) {
            require(!Arrays.equals(der, identifiers[i], identifiers[i] + length, der, identifiers[last], at));
        }
    }

    /** The JDK ignores a value that it cannot read if the extension is not critical; of a critical one it must be able to. */
    private void extension(int identifier, int limit) throws OtherFormException {
        boolean critical = at < limit && der[at] == BOOLEAN;
        if (critical) {
            take(TRUE, limit);
        }
        int end = enter(OCTET_STRING, limit);
        if (starts(identifier, BASIC_CONSTRAINTS)) {
            basicConstraints(end);
        } else if (critical && starts(identifier, KEY_USAGE)) {
            keyUsage(end);
        } else if (critical && starts(identifier, EXTENDED_KEY_USAGE)) {
            extendedKeyUsage(end);
        } else {
            require(!critical);
            at = end;
        }
        require(at == end);
    }

    private void basicConstraints(int end) throws OtherFormException {
        if (end - at == NOT_AN_AUTHORITY.length) {
            take(NOT_AN_AUTHORITY, end);
            return;
        }
        authority = true;
        if (end - at == AUTHORITY.length) {
            take(AUTHORITY, end);
        } else {
            take(AUTHORITY_WITH_LENGTH, end);
            require(end - at == 1 && der[at++] >= 0);
        }
    }

    private void keyUsage(int limit) throws OtherFormException {
        int end = enter(BIT_STRING, limit);
        require((end - at == 2 || end - at == 3) && der[at] >= 0 && der[at] <= 7);
        int spare = (1 << der[at]) - 1;
        require((der[end - 1] & spare) == 0);
        at = end;
    }

    private void extendedKeyUsage(int limit) throws OtherFormException {
        int end = enterFilled(SEQUENCE, limit);
        while (at < end) {
            objectIdentifier(end);
        }
    }

    private void objectIdentifier(int limit) throws OtherFormException {
        int end = enterFilled(OBJECT_IDENTIFIER, limit);
        require(end - at <= LONGEST_IDENTIFIER && der[end - 1] >= 0);
        int arc = 0;
        for (; at < end; at++) {
            require(arc > 0 || der[at] != (byte) 0x80);
            arc = der[at] < 0 ? arc + 1 : 0;
            require(arc < LONGEST_ARC);
        }
    }

    /** Enters a positive INTEGER or zero, and returns its end. */
    private int positive(int limit) throws OtherFormException {
        int end = enterFilled(INTEGER, limit);
        require(der[at] > 0 || (der[at] == 0 && (end - at == 1 || der[at + 1] < 0)));
        return end;
    }

    /** Enters a BIT STRING of whole bytes, and returns its end. */
    private int enterBits(int limit) throws OtherFormException {
        int end = enterFilled(BIT_STRING, limit);
        require(der[at] == 0 && end - at > 1);
        at++;
        return end;
    }

    private int enterFilled(int tag, int limit) throws OtherFormException {
        int end = enter(tag, limit);
        require(at < end);
        return end;
    }

    /** Enters the element with this tag, and returns its end. Its length must have the only form that DER allows. */
    private int enter(int tag, int limit) throws OtherFormException {
        require(limit - at >= 2 && der[at] == (byte) tag);
        int length = der[at + 1];
        at += 2;
        if (length < 0) {
            int bytes = length & 0x7F;
            require((bytes == 1 || bytes == 2) && limit - at >= bytes);
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | (der[at++] & 0xFF);
            }
            require(length >= (bytes == 1 ? 0x80 : 0x100));
        }
        require(length <= limit - at);
        return at + length;
    }

    private byte[] takeAny(List<byte[]> encodings, int limit) throws OtherFormException {
        for (byte[] each : encodings) {
            if (isNext(each, limit)) {
                at += each.length;
                return each;
            }
        }
        throw new OtherFormException();
    }

    private void take(byte[] encoding, int limit) throws OtherFormException {
        require(isNext(encoding, limit));
        at += encoding.length;
    }

    private boolean isNext(byte[] encoding, int limit) {
        return limit - at >= encoding.length && starts(at, encoding);
    }

    private boolean starts(int start, byte[] encoding) {
        return der.length - start >= encoding.length
                && Arrays.equals(der, start, start + encoding.length, encoding, 0, encoding.length);
    }

    private static void require(boolean usual) throws OtherFormException {
        if (!usual) {
            throw new OtherFormException();
        }
    }
}
