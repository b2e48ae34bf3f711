/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.x509.SubjectAlternativeNames;
import java.util.List;

/**
 * Compares subject alternative names with the name in a rule. Names are compared as a whole: there are no wildcards, and a name
 * never matches a name of another type (CVE-2022-21656).
 */
final class NameMatch {

    private NameMatch() {}

    /** Compares DNS names, ignoring the case of ASCII letters (RFC 5280 section 7.2). */
    static boolean anyDnsName(String name, SubjectAlternativeNames names) {
        return names.dnsNames().stream().anyMatch(each -> equalInAscii(name, each));
    }

    /**
     * Compares URIs by character. A SPIFFE ID must be the only URI of its certificate (SPIFFE X.509-SVID section 2).
     */
    static boolean anyUri(String uri, SubjectAlternativeNames names) {
        List<String> uris = names.uris();
        return uris.contains(uri) && (uris.size() == 1 || !isSpiffeId(uri));
    }

    /** Compares e-mail addresses, ignoring case only after the last @ (RFC 5280 section 7.5). */
    static boolean anyEmail(String email, SubjectAlternativeNames names) {
        return names.emails().stream().anyMatch(each -> isSameAddress(email, each));
    }

    /**
     * Compares the user principal name as {@link #anyEmail} does; it must be the only one of its certificate. Active Directory
     * ignores case in the whole name, but other issuers may not.
     */
    static boolean onlyUserPrincipalName(String name, SubjectAlternativeNames names) {
        List<String> all = names.userPrincipalNames();
        return all.size() == 1 && isSameAddress(name, all.get(0));
    }

    private static boolean isSameAddress(String one, String other) {
        int at = one.lastIndexOf('@');
        return other.lastIndexOf('@') == at
                && other.substring(0, at).equals(one.substring(0, at))
                && equalInAscii(other.substring(at), one.substring(at));
    }

    static boolean isSpiffeId(String uri) {
        return uri.startsWith("spiffe://");
    }

    /**
     * Ignores the case of ASCII letters only. {@link String#equalsIgnoreCase} takes the Kelvin sign for a k, which a user principal
     * name may have.
     */
    private static boolean equalInAscii(String one, String other) {
        return lowerCase(one).equals(lowerCase(other));
    }

    private static String lowerCase(String text) {
        StringBuilder lower = new StringBuilder(text);
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                lower.setCharAt(i, (char) (c + 'a' - 'A'));
            }
        }
        return lower.toString();
    }
}
