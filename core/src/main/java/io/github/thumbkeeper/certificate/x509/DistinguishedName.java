/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.AttributeTypeAndValue;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.jspecify.annotations.Nullable;

/**
 * A distinguished name for exact comparison: relative names in their order, each a set of types and values.
 *
 * <p>Two names are equal if every type and every value is the same, a text letter by letter and any other value byte by byte. The
 * string type of a text makes no difference. Immutable and thread-safe.
 *
 * @see DistinguishedNames
 */
public final class DistinguishedName {

    private final List<Set<Attribute>> relativeNames;

    private record Attribute(String type, NameValue value) {}

    private DistinguishedName(List<Set<Attribute>> relativeNames) {
        this.relativeNames = relativeNames;
    }

    /**
     * Returns the parts of a name, or null if it is empty or if any of its values is a text that no name should have (see {@link
     * DistinguishedNames#commonName}). Never throws.
     */
    public static @Nullable DistinguishedName of(X500Principal name) {
        try {
            return of(X500Name.getInstance(name.getEncoded()));
        } catch (RuntimeException e) {
            return null;
        }
    }

    /**
     * Reads a name as RFC 2253 writes it, such as {@code CN=alice,O=Example}: the last relative name first.
     *
     * @throws NameFormatException if the text is not such a name, or is empty
     */
    public static DistinguishedName parse(String text) throws NameFormatException {
        DistinguishedName name = of(NameParser.parse(text));
        if (name == null) {
            throw new NameFormatException(text, "is a name that has the same attribute twice between plus signs");
        }
        return name;
    }

    /**
     * Reads a name as {@link #parse} does, for comparison by {@link CanonicalName}.
     *
     * @throws NameFormatException if the text is not such a name
     */
    public static X500Principal principal(String text) throws NameFormatException {
        return principal(text, NameParser.parse(text));
    }

    /**
     * Reads a name whose relative names are in the order of DER, not of RFC 2253.
     *
     * @throws NameFormatException if the text is not such a name
     */
    public static X500Principal reversedPrincipal(String text) throws NameFormatException {
        List<RDN> relativeNames = new ArrayList<>(List.of(NameParser.parse(text).getRDNs()));
        Collections.reverse(relativeNames);
        return principal(text, new X500Name(relativeNames.toArray(RDN[]::new)));
    }

    private static X500Principal principal(String text, X500Name name) throws NameFormatException {
        try {
            return new X500Principal(name.getEncoded(ASN1Encoding.DER));
        } catch (IOException | IllegalArgumentException e) {
            throw new NameFormatException(text, "is a name that the Java runtime cannot read");
        }
    }

    /**
     * Returns whether the name seems to be written in the order of DER, as {@code openssl x509 -noout -subject} does without
     * {@code -nameopt}: its text begins with a country and ends with a common name.
     */
    public boolean seemsReversed() {
        return has(relativeNames.get(0), BCStyle.CN) && has(relativeNames.get(relativeNames.size() - 1), BCStyle.C);
    }

    private static boolean has(Set<Attribute> relativeName, ASN1ObjectIdentifier type) {
        return relativeName.stream().anyMatch(each -> each.type().equals(type.getId()));
    }

    private static @Nullable DistinguishedName of(X500Name name) {
        List<Set<Attribute>> relativeNames = new ArrayList<>();
        for (RDN rdn : name.getRDNs()) {
            Set<Attribute> attributes = new HashSet<>();
            for (AttributeTypeAndValue attribute : rdn.getTypesAndValues()) {
                NameValue value = NameValue.of(attribute.getValue());
                if (value == null
                        || !attributes.add(new Attribute(attribute.getType().getId(), value))) {
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
