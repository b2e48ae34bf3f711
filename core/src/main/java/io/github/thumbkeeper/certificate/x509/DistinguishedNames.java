/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import io.github.thumbkeeper.message.SafeText;
import java.io.IOException;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the distinguished names of certificates, which are whatever their owner wrote.
 *
 * <p>A name is taken from its DER, never from a text form of it: those differ, and a value can be made to look like an
 * attribute (CVE-2026-22747, CVE-2026-47838).
 */
public final class DistinguishedNames {

    /** id-at-commonName, RFC 5280 appendix A.1. */
    private static final ASN1ObjectIdentifier COMMON_NAME = new ASN1ObjectIdentifier("2.5.4.3");

    private static final String UNREADABLE = "?";

    private DistinguishedNames() {}

    /**
     * Returns the common name of the certificate's subject, or null.
     *
     * <p>Null unless the whole name holds exactly one common name and that is a text of at most
     * {@value DirectoryString#MAX_LENGTH} characters, not blank and without control characters. Letters that only look
     * alike stay different. Never throws.
     */
    public static @Nullable String commonName(X509Certificate certificate) {
        try {
            return commonName(certificate.getSubjectX500Principal().getEncoded());
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /** Returns the name as RFC 2253 writes it, made safe for a message; {@code ?} if it cannot be written. Never throws. */
    public static String printable(X500Principal name) {
        try {
            return SafeText.text(name.getName(X500Principal.RFC2253));
        } catch (RuntimeException e) {
            return UNREADABLE;
        }
    }

    /** Returns the certificate's subject as {@link #printable} gives it. Never throws. */
    public static String subjectOf(X509Certificate certificate) {
        try {
            return printable(certificate.getSubjectX500Principal());
        } catch (RuntimeException e) {
            return UNREADABLE;
        }
    }

    /** Name ::= SEQUENCE OF RelativeDistinguishedName, each a SET OF type and value (RFC 5280 section 4.1.2.4). */
    private static @Nullable String commonName(byte[] der) throws IOException {
        ASN1Sequence found = null;
        for (Object rdn : ASN1Sequence.getInstance(der)) {
            for (Object attribute : ASN1Set.getInstance(rdn)) {
                ASN1Sequence typeAndValue = ASN1Sequence.getInstance(attribute);
                if (COMMON_NAME.equals(typeAndValue.getObjectAt(0))) {
                    if (found != null) {
                        return null;
                    }
                    found = typeAndValue;
                }
            }
        }
        return found == null || found.size() != 2 ? null : DirectoryString.of(found.getObjectAt(1));
    }
}
