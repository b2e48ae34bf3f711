/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Writes DER (X.690) element by element, so that a test can put any element in any place. */
public final class Der {

    private static final int BOOLEAN = 0x01;
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OID = 0x06;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter GENERALIZED =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /** ecdsa-with-SHA256 (RFC 5758 section 3.2), as an AlgorithmIdentifier. */
    static final byte[] ECDSA_SHA256 = sequence(oid(1, 2, 840, 10045, 4, 3, 2));

    private Der() {}

    /** Writes an element with this tag and these contents. */
    public static byte[] element(int tag, byte[]... contents) {
        byte[] content = join(contents);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            int bytes = (39 - Integer.numberOfLeadingZeros(content.length)) / 8;
            out.write(0x80 | bytes);
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
                out.write(content.length >> shift);
            }
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    /** Writes a SEQUENCE. */
    public static byte[] sequence(byte[]... elements) {
        return element(SEQUENCE, elements);
    }

    /** Writes a SET, in the order given. */
    public static byte[] set(byte[]... elements) {
        return element(SET, elements);
    }

    /** Writes an element with a constructed context tag, such as {@code [3]}. */
    public static byte[] context(int number, byte[]... elements) {
        return element(0xA0 | number, elements);
    }

    /** Writes an INTEGER. */
    public static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    /** Writes an INTEGER. */
    public static byte[] integer(long value) {
        return integer(BigInteger.valueOf(value));
    }

    /** Writes a NULL. */
    public static byte[] nothing() {
        return element(0x05);
    }

    /** Writes a BOOLEAN. */
    public static byte[] bool(boolean value) {
        return element(BOOLEAN, new byte[] {(byte) (value ? 0xFF : 0)});
    }

    /** Writes an OCTET STRING. */
    public static byte[] octets(byte[]... contents) {
        return element(OCTET_STRING, contents);
    }

    /** Writes a BIT STRING of whole bytes. */
    public static byte[] bits(byte[] content) {
        return element(BIT_STRING, new byte[1], content);
    }

    /** Writes a UTCTime. */
    public static byte[] time(Instant time) {
        return element(UTC_TIME, UTC.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes a GeneralizedTime. */
    public static byte[] generalizedTime(Instant time) {
        return element(0x18, GENERALIZED.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    /** Writes an OBJECT IDENTIFIER. */
    public static byte[] oid(int... arcs) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(arcs[0] * 40 + arcs[1]);
        for (int i = 2; i < arcs.length; i++) {
            for (int shift = 28; shift > 0; shift -= 7) {
                if (arcs[i] >> shift != 0) {
                    out.write(0x80 | (arcs[i] >> shift & 0x7F));
                }
            }
            out.write(arcs[i] & 0x7F);
        }
        return element(OID, out.toByteArray());
    }

    /** Joins elements. */
    public static byte[] join(byte[]... elements) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] element : elements) {
            out.writeBytes(element);
        }
        return out.toByteArray();
    }

    /** Signs the first part of a certificate, CRL or OCSP response with an EC key, and returns the whole. */
    public static byte[] signed(byte[] tbs, PrivateKey key, byte[]... trailing) {
        return sequence(tbs, ECDSA_SHA256, bits(signature(tbs, key)), join(trailing));
    }

    private static byte[] signature(byte[] tbs, PrivateKey key) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(tbs);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot sign", e);
        }
    }
}
