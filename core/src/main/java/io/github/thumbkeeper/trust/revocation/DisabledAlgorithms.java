/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import java.security.Security;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Algorithms that {@code jdk.certpath.disabledAlgorithms} forbids unconditionally. The JDK applies this property to certificates,
 * but not to the signature of a CRL that is verified on its own.
 */
final class DisabledAlgorithms {

    private static final String PROPERTY = "jdk.certpath.disabledAlgorithms";
    private static final Pattern PARTS = Pattern.compile("WITH|AND");

    private DisabledAlgorithms() {}

    /** Returns whether a signature algorithm such as {@code MD5withRSA}, or any part of it, is forbidden unconditionally. */
    static boolean contain(String signatureAlgorithm) {
        String name = normalized(signatureAlgorithm);
        String property = Security.getProperty(PROPERTY);
        return Arrays.stream(property == null ? new String[0] : property.split(","))
                .map(DisabledAlgorithms::normalized)
                .anyMatch(forbidden -> name.equals(forbidden)
                        || Arrays.asList(PARTS.split(name)).contains(forbidden));
    }

    private static String normalized(String name) {
        return name.strip().toUpperCase(Locale.ROOT).replace("-", "");
    }
}
