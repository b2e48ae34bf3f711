/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * The canonical form of a distinguished name: names that differ in case, white space or string type have the same one.
 *
 * <p>Only for deny lists, where it is the safe error to take two names for the same one. Thread-safe.
 */
public final class CanonicalName {

    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    private CanonicalName() {}

    /** Returns the canonical form, which is empty only for an empty name. Never throws. */
    public static String of(X500Principal name) {
        byte[] der = name.getEncoded();
        try {
            return of(der);
        } catch (IOException | RuntimeException e) {
            return hex(der);
        }
    }

    /** No value contains the separators, because control characters are removed from it. */
    private static String of(byte[] der) throws IOException {
        List<String> relativeNames = new ArrayList<>();
        for (RDN rdn : X500Name.getInstance(der).getRDNs()) {
            SortedSet<String> attributes = new TreeSet<>();
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                attributes.add(attribute.getType() + "=" + value(attribute.getValue()));
            }
            relativeNames.add(String.join("\u0001", attributes));
        }
        return String.join("\u0002", relativeNames);
    }

    /** Reads a value of any string type, even of those that no name should have. */
    private static String value(ASN1Encodable value) throws IOException {
        String text = DirectoryString.decodeLeniently(value);
        return text == null ? hex(value.toASN1Primitive().getEncoded()) : folded(text);
    }

    private static String folded(String text) {
        String normalized = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        String blanks = BLANKS.matcher(normalized).replaceAll(" ");
        return INVISIBLE.matcher(blanks).replaceAll("").strip();
    }

    private static String hex(byte[] der) {
        return "#" + HexFormat.of().formatHex(der);
    }
}
