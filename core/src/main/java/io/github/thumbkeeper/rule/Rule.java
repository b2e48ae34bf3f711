/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One identity: a certificate of which all the claims hold.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param claims what the certificate must say
 * @param issuerClaims what the verified path must say of its issuer
 * @param issuerId the label of an entry of the trust store that {@code issuerClaims} ask for, or null
 * @param label the label of the entry of a store that the rule is about, or null if it adds an identity of its own
 * @param roles the roles it gives
 * @param text the claims as the rule writes them, in one line
 */
public record Rule(
        List<Claim> claims,
        List<IssuerClaim> issuerClaims,
        @Nullable String issuerId,
        @Nullable String label,
        Set<String> roles,
        String text) {
    public Rule {
        claims = List.copyOf(claims);
        issuerClaims = List.copyOf(issuerClaims);
        roles = Set.copyOf(roles);
    }

    boolean holds(CertificateAttributes facts) {
        return claims.stream().allMatch(claim -> claim.holds(facts));
    }

    /** Without a verified issuer no claim about one holds. */
    boolean holds(@Nullable Issuer issuer) {
        return issuerClaims.isEmpty()
                || (issuer != null && issuerClaims.stream().allMatch(claim -> claim.holds(issuer)));
    }
}
