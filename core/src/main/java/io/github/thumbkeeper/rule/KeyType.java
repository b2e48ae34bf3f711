/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import java.security.PublicKey;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Types of public keys, and their sizes in bits. */
enum KeyType {
    /** RSA; the size is that of the modulus. */
    RSA("RSA"),
    /** Elliptic curves; the size is that of the order of the curve. */
    EC("EC"),
    /** DSA; the size is that of the prime. */
    DSA("DSA"),
    /** Ed25519; the size is 256, since RFC 8032 section 5.1.5 encodes a key in 32 bytes. */
    ED25519("Ed25519"),
    /** Ed448; the size is 456, since RFC 8032 section 5.2.5 encodes a key in 57 bytes. */
    ED448("Ed448");

    private final String standardName;

    KeyType(String standardName) {
        this.standardName = standardName;
    }

    static Optional<KeyType> named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.standardName.equalsIgnoreCase(name))
                .findFirst();
    }

    /** Returns all names, for messages. */
    static String names() {
        return Arrays.stream(values()).map(type -> type.standardName).collect(Collectors.joining(", "));
    }

    /** Returns the type of a key; empty for any other type. */
    static Optional<KeyType> of(PublicKey key) {
        if (key instanceof RSAPublicKey) {
            return Optional.of(RSA);
        }
        if (key instanceof ECPublicKey) {
            return Optional.of(EC);
        }
        if (key instanceof DSAPublicKey) {
            return Optional.of(DSA);
        }
        return key instanceof EdECPublicKey edwards ? edwards(edwards) : Optional.empty();
    }

    private static Optional<KeyType> edwards(EdECPublicKey key) {
        return named(key.getParams().getName());
    }

    /** Returns the size of a key of this type in bits. */
    int bits(PublicKey key) {
        return switch (this) {
            case RSA -> ((RSAPublicKey) key).getModulus().bitLength();
            case EC -> ((ECPublicKey) key).getParams().getOrder().bitLength();
            case DSA -> ((DSAPublicKey) key).getParams().getP().bitLength();
            case ED25519 -> 256;
            case ED448 -> 456;
        };
    }
}
