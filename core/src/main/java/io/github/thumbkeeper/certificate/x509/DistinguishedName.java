/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.jspecify.annotations.Nullable;

/**
 * A distinguished name as its structure gives it: relative names in their order, each a set of types and texts.
 *
 * <p>Two are equal when every type and every text is the same, letter by letter; how a text is encoded makes no difference.
 * Immutable and safe to share between threads.
 */
public final class DistinguishedName {

    /** What .NET, and with it API Management, calls emailAddress (RFC 2985 section 5.2.1). */
    private static final Map<String, String> MORE_KEYWORDS = Map.of("E", "1.2.840.113549.1.9.1");

    private final List<Set<Attribute>> relativeNames;

    private record Attribute(String type, String text) {}

    private DistinguishedName(List<Set<Attribute>> relativeNames) {
        this.relativeNames = relativeNames;
    }

    /**
     * Returns the parts of a name, or null if it is empty or if any of its values is no text that a name can hold (see
     * {@link DistinguishedNames#commonName}). Never throws.
     */
    public static @Nullable DistinguishedName of(X500Principal name) {
        try {
            return of(name.getEncoded());
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    /**
     * Reads a name as RFC 2253 writes it, such as {@code CN=alice,O=Example}: the last relative name first.
     *
     * @throws IllegalArgumentException if it is no such name, or is empty
     */
    public static DistinguishedName parse(String text) {
        DistinguishedName name = of(principal(text));
        if (name == null) {
            throw new IllegalArgumentException("a name without parts, or with an empty one or control characters");
        }
        return name;
    }

    /**
     * Returns the name that RFC 2253 writes so.
     *
     * @throws IllegalArgumentException if it is no such name
     */
    public static X500Principal principal(String text) {
        return new X500Principal(text, MORE_KEYWORDS);
    }

    private static @Nullable DistinguishedName of(byte[] der) throws IOException {
        List<Set<Attribute>> relativeNames = new ArrayList<>();
        for (Object rdn : ASN1Sequence.getInstance(der)) {
            ASN1Set values = ASN1Set.getInstance(rdn);
            Set<Attribute> attributes = new HashSet<>();
            for (Object value : values) {
                Attribute attribute = attribute(ASN1Sequence.getInstance(value));
                if (attribute == null || !attributes.add(attribute)) {
                    return null;
                }
            }
            relativeNames.add(Set.copyOf(attributes));
        }
        return relativeNames.isEmpty() ? null : new DistinguishedName(List.copyOf(relativeNames));
    }

    private static @Nullable Attribute attribute(ASN1Sequence typeAndValue) {
        String text = typeAndValue.size() == 2 ? DirectoryString.of(typeAndValue.getObjectAt(1)) : null;
        return text == null
                ? null
                : new Attribute(
                        ASN1ObjectIdentifier.getInstance(typeAndValue.getObjectAt(0))
                                .getId(),
                        text);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DistinguishedName that && relativeNames.equals(that.relativeNames);
    }

    @Override
    public int hashCode() {
        return relativeNames.hashCode();
    }
}
