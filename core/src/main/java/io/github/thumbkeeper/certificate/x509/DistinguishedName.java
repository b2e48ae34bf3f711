/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.jspecify.annotations.Nullable;

/**
 * A distinguished name for exact comparison: relative names in their order, each a set of types and texts.
 *
 * <p>Two names are equal if every type and every text is the same, letter by letter; the string type of a text makes no
 * difference. Immutable and thread-safe.
 *
 * @see DistinguishedNames
 */
public final class DistinguishedName {

    /** The keyword of .NET, and so of API Management, for emailAddress (RFC 2985 section 5.2.1). */
    private static final Map<String, String> MORE_KEYWORDS = Map.of("E", "1.2.840.113549.1.9.1");

    private final List<Set<Attribute>> relativeNames;

    private record Attribute(String type, String text) {}

    private DistinguishedName(List<Set<Attribute>> relativeNames) {
        this.relativeNames = relativeNames;
    }

    /**
     * Returns the parts of a name, or null if it is empty or if any of its values is not the text of a name (see {@link
     * DistinguishedNames#commonName}). Never throws.
     */
    public static @Nullable DistinguishedName of(X500Principal name) {
        try {
            return of(name.getEncoded());
        } catch (RuntimeException e) {
            return null;
        }
    }

    /**
     * Reads a name as RFC 2253 writes it, such as {@code CN=alice,O=Example}: the last relative name first.
     *
     * @throws IllegalArgumentException if the text is not such a name, or is empty
     */
    public static DistinguishedName parse(String text) {
        DistinguishedName name = of(principal(text));
        if (name == null) {
            throw new IllegalArgumentException("a name without parts, or with an empty one or control characters");
        }
        return name;
    }

    /**
     * Reads a name as RFC 2253 writes it, for comparison by {@link CanonicalName}.
     *
     * @throws IllegalArgumentException if the text is not such a name
     */
    public static X500Principal principal(String text) {
        return new X500Principal(text, MORE_KEYWORDS);
    }

    private static @Nullable DistinguishedName of(byte[] der) {
        List<Set<Attribute>> relativeNames = new ArrayList<>();
        for (RDN rdn : X500Name.getInstance(der).getRDNs()) {
            Set<Attribute> attributes = new HashSet<>();
            for (AttributeTypeAndValue value : rdn.getTypesAndValues()) {
                String text = DirectoryString.of(value.getValue());
                if (text == null
                        || !attributes.add(new Attribute(value.getType().getId(), text))) {
                    return null;
                }
            }
            relativeNames.add(Set.copyOf(attributes));
        }
        return relativeNames.isEmpty() ? null : new DistinguishedName(List.copyOf(relativeNames));
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
