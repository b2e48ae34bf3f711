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
 * What every admitted certificate must fulfil, however it is listed. A certificate that does not say what is asked for does
 * not fulfil it.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param keySizes the least size of the key, or null for any key
 * @param signatures the algorithms it may be signed with; empty for any
 * @param keyUsage what the key must be allowed to be used for, all of it
 * @param extendedKeyUsage the OIDs of the purposes it must have, all of them; anyExtendedKeyUsage is one like the others
 * @param policies the OIDs of the policies of which it must have one; empty for any
 */
public record Constraints(
        @Nullable MinimumKeySizes keySizes,
        Set<SignatureAlgorithm> signatures,
        Set<KeyUsage> keyUsage,
        Set<String> extendedKeyUsage,
        Set<String> policies) {

    /** Nothing is asked for. */
    public static final Constraints NONE = new Constraints(null, Set.of(), Set.of(), Set.of(), Set.of());

    public Constraints {
        signatures = Set.copyOf(signatures);
        keyUsage = Set.copyOf(keyUsage);
        extendedKeyUsage = Set.copyOf(extendedKeyUsage);
        policies = Set.copyOf(policies);
    }

    /** Returns why a certificate is refused, or null if it is not. */
    public @Nullable Reason check(X509Certificate certificate) {
        if (keySizes != null && !keySizes.accept(certificate)) {
            return Reason.KEY_TOO_SMALL;
        }
        if (!signatures.isEmpty()
                && SignatureAlgorithm.of(certificate)
                        .filter(signatures::contains)
                        .isEmpty()) {
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
