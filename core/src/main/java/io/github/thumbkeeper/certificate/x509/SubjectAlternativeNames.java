/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.jspecify.annotations.Nullable;

/**
 * The alternative names of a certificate's subject by type (RFC 5280 section 4.2.1.6), unchanged.
 *
 * <p>If any name of a type is not printable ASCII without blanks, the type has no names at all: such a certificate is not to be
 * relied on (CVE-2025-66220). A user principal name may have other letters, but no blanks and no control or format characters. The JDK's own reader throws unchecked exceptions for some certificates. Immutable and
 * thread-safe.
 *
 * @param dnsNames the names of type dNSName
 * @param uris the names of type uniformResourceIdentifier
 * @param emails the names of type rfc822Name
 * @param userPrincipalNames the names of type otherName that are user principal names of Microsoft
 */
public record SubjectAlternativeNames(
        List<String> dnsNames, List<String> uris, List<String> emails, List<String> userPrincipalNames) {

    /** Microsoft's User Principal Name, an otherName with a UTF8String (szOID_NT_PRINCIPAL_NAME). */
    private static final ASN1ObjectIdentifier USER_PRINCIPAL_NAME = new ASN1ObjectIdentifier("1.3.6.1.4.1.311.20.2.3");

    private static final int MAX_LENGTH = 2048;

    private static final SubjectAlternativeNames NONE =
            new SubjectAlternativeNames(List.of(), List.of(), List.of(), List.of());

    public SubjectAlternativeNames {
        dnsNames = List.copyOf(dnsNames);
        uris = List.copyOf(uris);
        emails = List.copyOf(emails);
        userPrincipalNames = List.copyOf(userPrincipalNames);
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
                all(names, GeneralName.rfc822Name),
                userPrincipalNames(names));
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

    private static List<String> userPrincipalNames(GeneralName[] names) {
        List<String> found = new ArrayList<>();
        for (GeneralName name : names) {
            if (name.getTagNo() == GeneralName.otherName
                    && name.getName() instanceof ASN1Sequence other
                    && other.size() > 0
                    && USER_PRINCIPAL_NAME.equals(other.getObjectAt(0))) {
                String text = utf8(other);
                if (text == null || !isUserPrincipalName(text)) {
                    return List.of();
                }
                found.add(text);
            }
        }
        return found;
    }

    /** OtherName is a type and one value with the explicit tag 0 (RFC 5280 section 4.2.1.6). */
    private static @Nullable String utf8(ASN1Sequence otherName) {
        return otherName.size() == 2
                        && otherName.getObjectAt(1) instanceof ASN1TaggedObject tagged
                        && tagged.hasContextTag(0)
                        && tagged.getExplicitBaseObject() instanceof ASN1UTF8String utf8
                ? utf8.getString()
                : null;
    }

    /** Returns whether a text may be a user principal name, apart from its structure. */
    public static boolean isUserPrincipalName(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.codePoints().noneMatch(SubjectAlternativeNames::isBlankOrInvisible);
    }

    private static boolean isBlankOrInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty() && text.length() <= MAX_LENGTH && text.chars().allMatch(c -> c > ' ' && c < 0x7F);
    }
}
