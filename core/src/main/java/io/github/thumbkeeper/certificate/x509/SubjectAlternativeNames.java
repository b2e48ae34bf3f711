/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;

/**
 * The alternative names of a certificate's subject by their type (RFC 5280 section 4.2.1.6), as they are written.
 *
 * <p>The JDK's own reader throws unchecked exceptions at some certificates. Here a type of which any name is not printable
 * ASCII without blanks has no names at all: what such a certificate says of itself is not to be relied on
 * (CVE-2025-66220). Immutable and safe to share between threads.
 *
 * @param dnsNames the names of type dNSName
 * @param uris the names of type uniformResourceIdentifier
 * @param emails the names of type rfc822Name
 */
public record SubjectAlternativeNames(List<String> dnsNames, List<String> uris, List<String> emails) {

    /** id-ce-subjectAltName, RFC 5280 section 4.2.1.6. */
    private static final String EXTENSION = "2.5.29.17";

    private static final int EMAIL = 1;
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int MAX_LENGTH = 2048;

    private static final SubjectAlternativeNames NONE = new SubjectAlternativeNames(List.of(), List.of(), List.of());

    public SubjectAlternativeNames {
        dnsNames = List.copyOf(dnsNames);
        uris = List.copyOf(uris);
        emails = List.copyOf(emails);
    }

    /** Returns the names of a certificate; none if it has no such extension or one that cannot be read. Never throws. */
    public static SubjectAlternativeNames of(X509Certificate certificate) {
        try {
            ASN1Sequence names = ExtensionValue.sequence(certificate, EXTENSION);
            return names == null
                    ? NONE
                    : new SubjectAlternativeNames(all(names, DNS), all(names, URI), all(names, EMAIL));
        } catch (RuntimeException e) {
            return NONE;
        }
    }

    private static List<String> all(ASN1Sequence names, int type) {
        List<String> found = new ArrayList<>();
        for (Object each : names) {
            ASN1TaggedObject name = ASN1TaggedObject.getInstance(each);
            if (name.hasContextTag(type)) {
                String text = ASN1IA5String.getInstance(name, false).getString();
                if (!isPlain(text)) {
                    return List.of();
                }
                found.add(text);
            }
        }
        return found;
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty() && text.length() <= MAX_LENGTH && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
