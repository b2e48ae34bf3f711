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
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;

/** A distinguished name brought to one form of all that mean the same, where to take two for the same is the safe error. */
public final class CanonicalName {

    private static final Pattern BLANKS = Pattern.compile("\\s+", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}]");

    private CanonicalName() {}

    /** Returns the form; one name never gives an empty one unless it is empty. Never throws. */
    public static String of(X500Principal name) {
        byte[] der = name.getEncoded();
        try {
            return of(der);
        } catch (IOException | RuntimeException e) {
            return hex(der);
        }
    }

    /** No value holds the separators: control characters are left out of it. */
    private static String of(byte[] der) throws IOException {
        List<String> relativeNames = new ArrayList<>();
        for (Object rdn : ASN1Sequence.getInstance(der)) {
            SortedSet<String> attributes = new TreeSet<>();
            for (Object attribute : ASN1Set.getInstance(rdn)) {
                ASN1Sequence typeAndValue = ASN1Sequence.getInstance(attribute);
                attributes.add(ASN1ObjectIdentifier.getInstance(typeAndValue.getObjectAt(0)) + "="
                        + value(typeAndValue.getObjectAt(1)));
            }
            relativeNames.add(String.join("\u0001", attributes));
        }
        return String.join("\u0002", relativeNames);
    }

    /** Of any string type, even those that no name should be of. */
    private static String value(ASN1Encodable value) throws IOException {
        String text = DirectoryString.decode(value);
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
