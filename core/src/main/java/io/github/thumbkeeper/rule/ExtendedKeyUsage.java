/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Parses the purposes of extended key usages (RFC 5280 section 4.2.1.12), and other object identifiers. */
public final class ExtendedKeyUsage {

    private static final Pattern OID = Pattern.compile("[0-2](\\.(0|[1-9][0-9]{0,19})){1,40}");

    private static final Map<String, String> NAMED = new TreeMap<>(Map.of(
            "serverAuth", "1.3.6.1.5.5.7.3.1",
            "clientAuth", "1.3.6.1.5.5.7.3.2",
            "codeSigning", "1.3.6.1.5.5.7.3.3",
            "emailProtection", "1.3.6.1.5.5.7.3.4",
            "timeStamping", "1.3.6.1.5.5.7.3.8",
            "OCSPSigning", "1.3.6.1.5.5.7.3.9",
            "anyExtendedKeyUsage", "2.5.29.37.0"));

    private ExtendedKeyUsage() {}

    /**
     * Returns the dotted OID of a purpose.
     *
     * @throws IllegalArgumentException if the text is neither a name of the RFC nor an OID; the message names what is expected
     */
    public static String parse(String text) {
        String named = NAMED.get(text);
        if (named == null && !isOid(text)) {
            throw new IllegalArgumentException(
                    "is not a purpose; expected a dotted OID or one of " + String.join(", ", NAMED.keySet()));
        }
        return named == null ? text : named;
    }

    /** Returns whether a text is a dotted object identifier. */
    public static boolean isOid(String text) {
        return OID.matcher(text).matches();
    }
}
