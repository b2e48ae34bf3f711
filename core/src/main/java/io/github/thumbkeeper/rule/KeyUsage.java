/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Key usages (RFC 5280 section 4.2.1.3). */
public enum KeyUsage {
    DIGITAL_SIGNATURE("digitalSignature", 0),
    NON_REPUDIATION("nonRepudiation", 1),
    KEY_ENCIPHERMENT("keyEncipherment", 2),
    DATA_ENCIPHERMENT("dataEncipherment", 3),
    KEY_AGREEMENT("keyAgreement", 4),
    KEY_CERT_SIGN("keyCertSign", 5),
    CRL_SIGN("cRLSign", 6),
    ENCIPHER_ONLY("encipherOnly", 7),
    DECIPHER_ONLY("decipherOnly", 8);

    private final String standardName;
    private final int bit;

    KeyUsage(String standardName, int bit) {
        this.standardName = standardName;
        this.bit = bit;
    }

    /** Returns the usage with a name of RFC 5280. */
    public static Optional<KeyUsage> named(String name) {
        return Arrays.stream(values())
                .filter(usage -> usage.standardName.equals(name))
                .findFirst();
    }

    /** Returns all names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(usage -> usage.standardName).collect(Collectors.joining(", "));
    }

    boolean isIn(boolean[] bits) {
        return bit < bits.length && bits[bit];
    }
}
