/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.CertificateDigest;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Rule of {@code identities}: matches a certificate if all its claims hold.
 *
 * <p>Immutable and thread-safe. The claims are immutable too, and never throw.
 *
 * @param claims the claims about the certificate itself
 * @param issuerClaims the claims about its issuer in the verified path
 * @param issuerId the label of the trust store that a claim about the issuer refers to, or null
 * @param label the label of the entries of stores that the rule lets count, or null if the rule gives an identity itself
 * @param roles the roles that the rule gives
 * @param digests the thumbprint and the public key pin among the claims
 * @param text the claims in the syntax of rules, in one line
 */
public record Rule(
        List<Predicate<CertificateAttributes>> claims,
        List<Predicate<Issuer>> issuerClaims,
        @Nullable String issuerId,
        @Nullable String label,
        Set<String> roles,
        List<CertificateDigest> digests,
        String text) {
    public Rule {
        claims = List.copyOf(claims);
        issuerClaims = List.copyOf(issuerClaims);
        roles = Set.copyOf(roles);
        digests = List.copyOf(digests);
    }

    /** Returns whether all claims about the certificate itself hold. */
    boolean matches(CertificateAttributes attributes) {
        return claims.stream().allMatch(claim -> claim.test(attributes));
    }

    /** Returns whether all claims about the issuer hold; without a verified issuer, none does. */
    boolean matches(@Nullable Issuer issuer) {
        return issuerClaims.isEmpty()
                || (issuer != null && issuerClaims.stream().allMatch(claim -> claim.test(issuer)));
    }
}
