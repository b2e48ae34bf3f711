/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.x509.CertificatePolicies;
import io.github.thumbkeeper.certificate.x509.SignatureAlgorithm;
import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Requirements for every admitted certificate, whatever lists it. A certificate without a required extension is refused.
 *
 * <p>Immutable and thread-safe.
 *
 * @param keySizes the minimum key sizes, or null to allow every key
 * @param signatures the allowed signature algorithms; empty to allow all
 * @param keyUsage the required key usages; the certificate must have all of them
 * @param extendedKeyUsage the OIDs of the required purposes; the certificate must have all of them. anyExtendedKeyUsage has no
 *     special meaning
 * @param policies the OIDs of the certificate policies, of which the certificate must have one; empty to require none
 */
public record Constraints(
        @Nullable MinimumKeySizes keySizes,
        Set<SignatureAlgorithm> signatures,
        Set<KeyUsage> keyUsage,
        Set<String> extendedKeyUsage,
        Set<String> policies) {

    /** No requirements. */
    public static final Constraints NONE = new Constraints(null, Set.of(), Set.of(), Set.of(), Set.of());

    public Constraints {
        signatures = Set.copyOf(signatures);
        keyUsage = Set.copyOf(keyUsage);
        extendedKeyUsage = Set.copyOf(extendedKeyUsage);
        policies = Set.copyOf(policies);
    }

    /** Returns the reason to refuse a certificate, or null if it meets all requirements. */
    public @Nullable Reason check(X509Certificate certificate) {
        if (keySizes != null && !keySizes.allows(certificate)) {
            return Reason.KEY_TOO_SMALL;
        }
        if (!SignatureAlgorithm.isAllowed(certificate, signatures)) {
            return Reason.SIGNATURE_ALGORITHM;
        }
        if (!keyUsage.isEmpty() && !hasKeyUsage(certificate)) {
            return Reason.KEY_USAGE;
        }
        if (!extendedKeyUsage.isEmpty() && !hasExtendedKeyUsage(certificate)) {
            return Reason.EXTENDED_KEY_USAGE;
        }
        return policies.isEmpty()
                        || CertificatePolicies.of(certificate).stream().anyMatch(policies::contains)
                ? null
                : Reason.CERTIFICATE_POLICY;
    }

    private boolean hasKeyUsage(X509Certificate certificate) {
        boolean[] bits = certificate.getKeyUsage();
        return bits != null && keyUsage.stream().allMatch(usage -> usage.isIn(bits));
    }

    private boolean hasExtendedKeyUsage(X509Certificate certificate) {
        try {
            List<String> purposes = certificate.getExtendedKeyUsage();
            return purposes != null && purposes.containsAll(extendedKeyUsage);
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
