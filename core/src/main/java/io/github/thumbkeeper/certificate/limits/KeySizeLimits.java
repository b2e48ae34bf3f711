/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.limits;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.interfaces.DSAParams;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Limits on the public keys that unknown clients send, checked before a signature is verified with them.
 *
 * <p>The JDK allows RSA keys of 16384 bits and DSA keys of any size: with large enough numbers it spends minutes on one
 * signature (CWE-400). Thread-safe.
 *
 * <table>
 * <caption>Largest values</caption>
 * <tr><th>RSA</th><td>modulus 8192 bits, public exponent 33 bits</td></tr>
 * <tr><th>DSA</th><td>p, g and the key itself 3072 bits, q 256 bits (FIPS 186-4); parameters must be present</td></tr>
 * <tr><th>EC</th><td>field and order 521 bits (P-521); parameters must be present</td></tr>
 * <tr><th>every kind</th><td>4096 bytes encoded</td></tr>
 * </table>
 */
public final class KeySizeLimits {

    private static final int LONGEST_MODULUS = 8192;
    private static final int LONGEST_EXPONENT = 33;
    private static final int LONGEST_DSA_PRIME = 3072;
    private static final int LONGEST_DSA_ORDER = 256;
    private static final int LONGEST_EC_NUMBER = 521;

    /** Enough for ML-DSA (FIPS 204); no kind with larger keys is in use. */
    private static final int MOST_BYTES = 4096;

    private KeySizeLimits() {}

    /**
     * Checks a key before it is used.
     *
     * @throws CertificateException if the key exceeds a limit; the message has only numbers, no text of the client
     */
    public static void check(PublicKey key) throws CertificateException {
        if (key instanceof RSAPublicKey rsa) {
            requireAtMost(LONGEST_MODULUS, rsa.getModulus(), "modulus of the RSA key");
            requireAtMost(LONGEST_EXPONENT, rsa.getPublicExponent(), "public exponent of the RSA key");
        } else if (key instanceof DSAPublicKey dsa) {
            check(dsa, dsa.getParams());
        } else if (key instanceof ECPublicKey ec) {
            check(ec.getParams());
        }
        byte[] encoded = key.getEncoded();
        if (encoded == null || encoded.length > MOST_BYTES) {
            throw new CertificateException("the encoded key has [" + (encoded == null ? 0 : encoded.length)
                    + "] bytes; expected at most " + MOST_BYTES);
        }
    }

    /** RFC 3279 section 2.3.2 lets a key inherit its parameters; such a key has none of its own. */
    private static void check(DSAPublicKey key, @Nullable DSAParams parameters) throws CertificateException {
        if (parameters == null) {
            throw new CertificateException("the DSA key has no parameters; expected p, q and g");
        }
        requireAtMost(LONGEST_DSA_PRIME, parameters.getP(), "p of the DSA key");
        requireAtMost(LONGEST_DSA_ORDER, parameters.getQ(), "q of the DSA key");
        requireAtMost(LONGEST_DSA_PRIME, parameters.getG(), "g of the DSA key");
        requireAtMost(LONGEST_DSA_PRIME, key.getY(), "y of the DSA key");
    }

    private static void check(@Nullable ECParameterSpec curve) throws CertificateException {
        if (curve == null) {
            throw new CertificateException("the EC key has no parameters; expected a named curve");
        }
        requireAtMost(
                LONGEST_EC_NUMBER, curve.getCurve().getField().getFieldSize(), "field of the curve of the EC key");
        requireAtMost(LONGEST_EC_NUMBER, curve.getOrder(), "order of the curve of the EC key");
    }

    private static void requireAtMost(int bits, BigInteger number, String what) throws CertificateException {
        requireAtMost(bits, number.bitLength(), what);
    }

    private static void requireAtMost(int bits, int found, String what) throws CertificateException {
        if (found > bits) {
            throw new CertificateException("the " + what + " has [" + found + "] bits; expected at most " + bits);
        }
    }
}
