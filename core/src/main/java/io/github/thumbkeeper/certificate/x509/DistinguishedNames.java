/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import io.github.thumbkeeper.message.SafeText;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/**
 * Reads the common name of a certificate, and prints names for the log.
 *
 * <p>A common name is read from DER, never from the text of a name: text forms differ, and a value can be made to look like an
 * attribute (CVE-2026-22747, CVE-2026-47838). Thread-safe.
 */
public final class DistinguishedNames {

    private static final String UNREADABLE = "?";

    private DistinguishedNames() {}

    /**
     * Returns the common name of the certificate's subject, or null.
     *
     * <p>Null unless the name contains exactly one common name, which is a text of at most
     * {@value DirectoryString#MAX_LENGTH} characters, not blank and without control characters. Letters that only look
     * alike are different. Never throws.
     */
    public static @Nullable String commonName(X509Certificate certificate) {
        try {
            return commonName(
                    X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()));
        } catch (RuntimeException e) {
            return null;
        }
    }

    /**
     * Returns the name as RFC 2253 writes it, with keywords such as {@code emailAddress} for more types.
     *
     * <p>Two names have the same text only if they are equal: a value cannot be taken for a keyword or separator, and control and
     * format characters are written as hex digits. Any value that is not text is written as its bytes.
     */
    public static String text(X500Principal name) {
        return NamePrinter.print(X500Name.getInstance(name.getEncoded()));
    }

    /** Returns the name as {@link #text} gives it, made safe for a message; {@code ?} if it cannot be written. Never throws. */
    public static String printable(X500Principal name) {
        try {
            return SafeText.text(text(name));
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

    /** Returns the certificate's issuer as {@link #printable} gives it. Never throws. */
    public static String issuerOf(X509Certificate certificate) {
        try {
            return printable(certificate.getIssuerX500Principal());
        } catch (RuntimeException e) {
            return UNREADABLE;
        }
    }

    private static @Nullable String commonName(X500Name name) {
        ASN1Encodable found = null;
        for (RDN rdn : name.getRDNs()) {
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                if (BCStyle.CN.equals(attribute.getType())) {
                    if (found != null) {
                        return null;
                    }
                    found = attribute.getValue();
                }
            }
        }
        return found == null ? null : DirectoryString.of(found);
    }
}
