/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * The alternative names of a certificate's subject by type (RFC 5280 section 4.2.1.6), unchanged.
 *
 * <p>If any name of a type is not printable ASCII without blanks, the type has no names at all: such a certificate is not to be
 * relied on (CVE-2025-66220). The JDK's own reader throws unchecked exceptions for some certificates. Immutable and
 * thread-safe.
 *
 * @param dnsNames the names of type dNSName
 * @param uris the names of type uniformResourceIdentifier
 * @param emails the names of type rfc822Name
 */
public record SubjectAlternativeNames(List<String> dnsNames, List<String> uris, List<String> emails) {

    private static final int MAX_LENGTH = 2048;

    private static final SubjectAlternativeNames NONE = new SubjectAlternativeNames(List.of(), List.of(), List.of());

    public SubjectAlternativeNames {
        dnsNames = List.copyOf(dnsNames);
        uris = List.copyOf(uris);
        emails = List.copyOf(emails);
    }

    /** Returns the names of a certificate; none if the extension is missing or cannot be read. Never throws. */
    public static SubjectAlternativeNames of(X509Certificate certificate) {
        try {
            ASN1Sequence extension = ExtensionValue.sequence(certificate, Extension.subjectAlternativeName);
            return extension == null
                    ? NONE
                    : of(GeneralNames.getInstance(extension).getNames());
        } catch (RuntimeException e) {
            return NONE;
        }
    }

    private static SubjectAlternativeNames of(GeneralName[] names) {
        return new SubjectAlternativeNames(
                all(names, GeneralName.dNSName),
                all(names, GeneralName.uniformResourceIdentifier),
                all(names, GeneralName.rfc822Name));
    }

    private static List<String> all(GeneralName[] names, int type) {
        List<String> found = new ArrayList<>();
        for (GeneralName name : names) {
            if (name.getTagNo() == type) {
                String text = ASN1IA5String.getInstance(name.getName()).getString();
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
