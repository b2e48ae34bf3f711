/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * Which keys a signature may be verified with that a stranger has sent: the JDK sets no upper limit, and with numbers long
 * enough one signature takes minutes (CWE-400).
 */
final class KeyCost {

    private static final int LONGEST_MODULUS = 8192;
    private static final int LONGEST_EXPONENT = 33;
    private static final int LARGEST_ORDER = 521;

    private KeyCost() {}

    /** Returns whether it is an RSA, EC or EdDSA key of a usual size. DSA is out of use, and its parameters have no bounds. */
    static boolean isBounded(PublicKey key) {
        if (key instanceof RSAPublicKey rsa) {
            return rsa.getModulus().bitLength() <= LONGEST_MODULUS
                    && rsa.getPublicExponent().bitLength() <= LONGEST_EXPONENT;
        }
        if (key instanceof ECPublicKey ec) {
            return ec.getParams().getOrder().bitLength() <= LARGEST_ORDER;
        }
        return key instanceof EdECPublicKey;
    }
}
