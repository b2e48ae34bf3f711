/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryFilter;
import io.github.thumbkeeper.allowlist.ListDecision;
import io.github.thumbkeeper.allowlist.Matches;
import io.github.thumbkeeper.rule.MatchingRules;
import io.github.thumbkeeper.rule.Rule;
import io.github.thumbkeeper.rule.Rules;
import io.github.thumbkeeper.trust.TrustResult;
import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the identity of a certificate if there are rules: from the first entry in force, otherwise from the first rule that
 * matches.
 *
 * <p>A rule with a label gives no identity itself. If there is any such rule, an entry of a store counts only if a rule with the
 * entry's label matches the certificate. The roles of that rule, if it has any, replace those of the entry. Not thread-safe.
 */
final class IdentityResolver implements EntryFilter {

    private final MatchingRules matching;

    /** The path, only if a matching rule depends on the issuer: finding a path costs more than everything else. */
    private final @Nullable LazyCertificatePath path;

    private IdentityResolver(MatchingRules matching, @Nullable LazyCertificatePath path) {
        this.matching = matching;
        this.path = matching.needsIssuer() ? path : null;
    }

    /**
     * Decides by the list and the rules.
     *
     * @param path the path of the certificate, or null if paths are not verified
     * @param now the current time, in milliseconds since 1970
     */
    static ListDecision decide(
            Matches matches, Rules rules, X509Certificate certificate, @Nullable LazyCertificatePath path, long now) {
        IdentityResolver resolver = of(rules, certificate, path);
        return resolver.orByRule(resolver.listed(matches, rules, now), matches, certificate);
    }

    static IdentityResolver of(Rules rules, X509Certificate certificate, @Nullable LazyCertificatePath path) {
        return new IdentityResolver(rules.find(certificate), path);
    }

    /** Returns the decision of the list; rules with a label decide which entries of stores count. */
    ListDecision listed(Matches matches, Rules rules, long now) {
        return matches.at(now, rules.hasLabels() ? this : EntryFilter.NONE);
    }

    /** Returns the decision of the list, or of the rules if they may still admit the certificate. */
    ListDecision orByRule(ListDecision listed, Matches matches, X509Certificate certificate) {
        return listed instanceof ListDecision.Refused refused && refused.isOpenToRules()
                ? byRule(matches, certificate, refused)
                : listed;
    }

    @Override
    public @Nullable Set<String> roles(Entry entry) {
        Rule rule = entry.label() == null ? null : first(entry.label());
        if (rule == null) {
            return null;
        }
        return rule.roles().isEmpty() ? entry.roles() : rule.roles();
    }

    private ListDecision byRule(Matches matches, X509Certificate certificate, ListDecision.Refused listed) {
        Rule rule = first(null);
        if (rule != null) {
            return matches.ofRule(rule.text(), rule.roles(), certificate);
        }
        if (listed.reason() == Reason.ENTRY_NOT_IN_FORCE) {
            return listed;
        }
        // A rule that needs an issuer fails without a path: then the reason is the missing path.
        if (path != null && path.result() instanceof TrustResult.Untrusted untrusted) {
            return ListDecision.Refused.of(untrusted.reason());
        }
        return listed.reason() == Reason.NO_RULE_FOR_ENTRY ? listed : ListDecision.Refused.of(Reason.NO_RULE);
    }

    private @Nullable Rule first(@Nullable String label) {
        return matching.first(label, path == null ? null : path.issuer());
    }
}
