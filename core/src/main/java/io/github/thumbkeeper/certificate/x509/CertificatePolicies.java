/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;

/** Reads the policies that a certificate says it was issued under (RFC 5280 section 4.2.1.4). */
public final class CertificatePolicies {

    private static final String EXTENSION = "2.5.29.32";

    private CertificatePolicies() {}

    /** Returns the dotted OIDs of the policies; none if there is no such extension or one that cannot be read. Never throws. */
    public static Set<String> of(X509Certificate certificate) {
        try {
            ASN1Sequence policies = ExtensionValue.sequence(certificate, EXTENSION);
            return policies == null ? Set.of() : oids(policies);
        } catch (RuntimeException e) {
            return Set.of();
        }
    }

    private static Set<String> oids(ASN1Sequence policies) {
        Set<String> oids = new HashSet<>();
        for (Object policy : policies) {
            ASN1Sequence information = ASN1Sequence.getInstance(policy);
            oids.add(
                    ASN1ObjectIdentifier.getInstance(information.getObjectAt(0)).getId());
        }
        return oids;
    }
}
