/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import java.security.Security;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The algorithms that {@code jdk.certpath.disabledAlgorithms} forbids altogether. The JDK applies that property to certificates,
 * but not to the signature of a revocation list that is verified by itself.
 */
final class DisabledAlgorithms {

    private static final String PROPERTY = "jdk.certpath.disabledAlgorithms";
    private static final Pattern PARTS = Pattern.compile("WITH|AND");

    private DisabledAlgorithms() {}

    /** Returns whether a signature algorithm such as {@code MD5withRSA}, or any part of it, is forbidden without condition. */
    static boolean forbid(String signatureAlgorithm) {
        String name = normal(signatureAlgorithm);
        String property = Security.getProperty(PROPERTY);
        return Arrays.stream(property == null ? new String[0] : property.split(","))
                .map(DisabledAlgorithms::normal)
                .anyMatch(forbidden -> name.equals(forbidden)
                        || Arrays.asList(PARTS.split(name)).contains(forbidden));
    }

    private static String normal(String name) {
        return name.strip().toUpperCase(Locale.ROOT).replace("-", "");
    }
}
