/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/**
 * Public keys (SubjectPublicKeyInfo, DER) with numbers of any length, as an attacker writes them.
 *
 * <p>They are not generated: that would take hours. The numbers are odd and pseudo-random, which costs the verifier the same time.
 */
public final class CostlyKeys {

    private static final int DSA_ORDER = 256;

    private CostlyKeys() {}

    /** A DSA key whose prime has this many bits; its other numbers have 256, so that 240000 bits fit into one message. */
    public static byte[] dsa(int bits) {
        DERSequence parameters = sequence(integer(bits, 1), integer(DSA_ORDER, 2), integer(DSA_ORDER, 3));
        return encoded(new AlgorithmIdentifier(X9ObjectIdentifiers.id_dsa, parameters), integer(DSA_ORDER, 4));
    }

    /** An RSA key whose modulus and public exponent have this many bits. */
    public static byte[] rsa(int modulus, int exponent) {
        return encoded(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                sequence(integer(modulus, 1), integer(exponent, 2)));
    }

    /** A key of an algorithm that no provider has, of this many bytes. */
    public static byte[] unknown(int bytes) {
        byte[] key = new byte[bytes];
        new Random(1).nextBytes(key);
        return encoded(new SubjectPublicKeyInfo(new AlgorithmIdentifier(new ASN1ObjectIdentifier("2.999.1")), key));
    }

    /** The EC key with the parameters of its curve in place of the curve's name (RFC 3279 section 2.3.5). */
    public static byte[] explicit(ECPublicKey key) {
        ECParameterSpec curve = key.getParams();
        BigInteger prime = ((ECFieldFp) curve.getCurve().getField()).getP();
        int length = (prime.bitLength() + 7) / 8;
        DERSequence parameters = sequence(
                new ASN1Integer(1),
                sequence(X9ObjectIdentifiers.prime_field, new ASN1Integer(prime)),
                sequence(
                        octets(curve.getCurve().getA(), length),
                        octets(curve.getCurve().getB(), length)),
                new DEROctetString(point(curve.getGenerator(), length)),
                new ASN1Integer(curve.getOrder()),
                new ASN1Integer(curve.getCofactor()));
        return encoded(new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, parameters), point(key.getW(), length)));
    }

    private static byte[] encoded(AlgorithmIdentifier algorithm, ASN1Encodable key) {
        try {
            return encoded(new SubjectPublicKeyInfo(algorithm, key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] encoded(SubjectPublicKeyInfo key) {
        try {
            return key.getEncoded("DER");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DERSequence sequence(ASN1Encodable... elements) {
        return new DERSequence(elements);
    }

    private static ASN1Integer integer(int bits, long seed) {
        BigInteger number = new BigInteger(bits, new Random(seed));
        return new ASN1Integer(number.setBit(bits - 1).setBit(0));
    }

    private static DEROctetString octets(BigInteger number, int length) {
        return new DEROctetString(bytes(number, length));
    }

    private static byte[] point(ECPoint point, int length) {
        byte[] all = new byte[1 + 2 * length];
        all[0] = 4;
        System.arraycopy(bytes(point.getAffineX(), length), 0, all, 1, length);
        System.arraycopy(bytes(point.getAffineY(), length), 0, all, 1 + length, length);
        return all;
    }

    private static byte[] bytes(BigInteger number, int length) {
        byte[] all = number.toByteArray();
        byte[] padded = new byte[length + all.length];
        System.arraycopy(all, 0, padded, length, all.length);
        return Arrays.copyOfRange(padded, padded.length - length, padded.length);
    }
}
