/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.x509.SubjectAlternativeNames;
import java.util.List;

/**
 * Compares alternative names of one type with the name that a rule claims. Names are compared whole; nothing in them is a
 * wildcard, and a name of one type is never one of another (CVE-2022-21656).
 */
final class NameMatch {

    private NameMatch() {}

    /** Upper and lower case of ASCII are alike (RFC 5280 section 7.2). */
    static boolean anyDnsName(String name, SubjectAlternativeNames names) {
        return names.dnsNames().stream().anyMatch(each -> equalInAscii(name, each));
    }

    /**
     * URIs are compared letter by letter. A SPIFFE ID must be the only URI of its certificate (SPIFFE X.509-SVID section
     * 2).
     */
    static boolean anyUri(String uri, SubjectAlternativeNames names) {
        List<String> uris = names.uris();
        return uris.contains(uri) && (uris.size() == 1 || !isSpiffeId(uri));
    }

    /** Upper and lower case are alike behind the last @ only (RFC 5280 section 7.5). */
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

    /** Both are ASCII already: {@link ClaimValues} and {@link SubjectAlternativeNames} see to that. */
    private static boolean equalInAscii(String one, String other) {
        return one.equalsIgnoreCase(other);
    }
}
