/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.x509.Extension;

/** Reads the policies under which a certificate was issued (RFC 5280 section 4.2.1.4). Thread-safe. */
public final class CertificatePolicies {

    private CertificatePolicies() {}

    /** Returns the dotted OIDs of the policies; none if the extension is missing or cannot be read. Never throws. */
    public static Set<String> of(X509Certificate certificate) {
        try {
            ASN1Sequence policies = ExtensionValue.sequence(certificate, Extension.certificatePolicies);
            return policies == null ? Set.of() : oids(policies);
        } catch (RuntimeException e) {
            return Set.of();
        }
    }

    private static Set<String> oids(ASN1Sequence policies) {
        return Arrays.stream(org.bouncycastle.asn1.x509.CertificatePolicies.getInstance(policies)
                        .getPolicyInformation())
                .map(policy -> policy.getPolicyIdentifier().getId())
                .collect(Collectors.toUnmodifiableSet());
    }
}
