/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.security.cert.X509Extension;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Sequence;
import org.jspecify.annotations.Nullable;

/** Checks the parts that certificates, CRLs and OCSP responses have in common (RFC 5280 sections 4.1 and 5.1). Thread-safe. */
public final class X509Syntax {

    private X509Syntax() {}

    /** Checks an AlgorithmIdentifier. */
    public static void algorithm(String name, ASN1Sequence sequence) throws CertificateFormatException {
        DerElements elements = new DerElements(name, sequence);
        elements.identifier("algorithm");
        elements.optionalAny("parameters");
        elements.end();
    }

    /**
     * Checks that the algorithm in the signed part is that of the signature (RFC 5280 section 4.1.1.2). Otherwise the signature would
     * not cover the algorithm.
     */
    public static void sameAlgorithm(ASN1Sequence inside, ASN1Sequence outside) throws CertificateFormatException {
        if (!inside.equals(outside)) {
            throw new CertificateFormatException("names two signature algorithms, one inside and another outside");
        }
    }

    /**
     * Checks Extensions, and returns their OIDs. No extension may occur twice (RFC 5280 section 4.2). An explicit {@code critical
     * FALSE} and an empty sequence are not DER, but occur in practice.
     */
    public static Set<String> extensions(String owner, ASN1Sequence extensions) throws CertificateFormatException {
        Set<String> oids = new HashSet<>();
        DerElements each = new DerElements(owner, extensions);
        while (each.hasMore()) {
            DerElements extension = new DerElements("an extension of " + owner, each.sequence("an extension"));
            String oid = extension.identifier("extnID").getId();
            extension.optionalBoolean("critical");
            extension.octetString("extnValue");
            extension.end();
            if (!oids.add(oid)) {
                throw new CertificateFormatException("has the extension [" + oid + "] twice in " + owner);
            }
        }
        return oids;
    }

    /** Checks that the parser has seen all extensions. */
    public static void requireSeen(X509Extension parsed, Set<String> oids, String owner)
            throws CertificateFormatException {
        Set<String> seen = new HashSet<>(orNone(parsed.getCriticalExtensionOIDs()));
        seen.addAll(orNone(parsed.getNonCriticalExtensionOIDs()));
        if (!seen.equals(oids)) {
            throw new CertificateFormatException(
                    "has " + oids.size() + " extensions in " + owner + ", of which Java sees " + seen.size());
        }
    }

    private static Set<String> orNone(@Nullable Set<String> oids) {
        return oids == null ? Set.of() : oids;
    }
}
