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
        int at = email.lastIndexOf('@');
        return names.emails().stream()
                .anyMatch(each -> each.lastIndexOf('@') == at
                        && each.substring(0, at).equals(email.substring(0, at))
                        && equalInAscii(each.substring(at), email.substring(at)));
    }

    static boolean isSpiffeId(String uri) {
        return uri.startsWith("spiffe://");
    }

    /** Both names are ASCII: {@link ClaimValues} and {@link SubjectAlternativeNames} make sure of that. */
    private static boolean equalInAscii(String one, String other) {
        return one.equalsIgnoreCase(other);
    }
}
