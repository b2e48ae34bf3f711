/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryFilter;
import io.github.thumbkeeper.allowlist.ListDecision;
import io.github.thumbkeeper.allowlist.Matches;
import io.github.thumbkeeper.rule.MatchingRules;
import io.github.thumbkeeper.rule.Rule;
import io.github.thumbkeeper.rule.Rules;
import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds who speaks for a certificate: the first entry of the lists in force, else the first rule that holds.
 *
 * <p>A rule that claims a label speaks for nobody itself: it lets the entry of a store with that label count, and no other
 * entry of a store counts any more. Its roles, if it has any, take the place of those of the entry. Used by one thread.
 */
final class IdentityResolver implements EntryFilter {

    private final MatchingRules candidates;
    private final LazyCertificatePath path;

    private IdentityResolver(MatchingRules candidates, LazyCertificatePath path) {
        this.candidates = candidates;
        this.path = path;
    }

    static ListDecision find(
            Matches listing, Rules rules, X509Certificate certificate, LazyCertificatePath path, long now) {
        if (rules.size() == 0) {
            return listing.at(now);
        }
        IdentityResolver speaker = new IdentityResolver(rules.find(certificate), path);
        ListDecision listed = listing.at(now, rules.narrow() ? speaker : EntryFilter.NONE);
        return listed.isOpen() ? speaker.ruled(listing, certificate, listed) : listed;
    }

    @Override
    public @Nullable Set<String> roles(Entry entry) {
        Rule rule = entry.label() == null ? null : first(entry.label());
        if (rule == null) {
            return null;
        }
        return rule.roles().isEmpty() ? entry.roles() : rule.roles();
    }

    private ListDecision ruled(Matches listing, X509Certificate certificate, ListDecision listed) {
        Rule rule = first(null);
        if (rule != null) {
            return listing.ofRule(rule.text(), rule.roles(), certificate);
        }
        if (listed.reason() == Reason.ENTRY_NOT_IN_FORCE) {
            return listed;
        }
        Reason untrusted = candidates.needIssuer() ? path.reason() : null;
        return untrusted == null ? ListDecision.noRule() : new ListDecision(null, untrusted);
    }

    /** A path is looked for only if a rule asks for it: that costs more than all the rest. */
    private @Nullable Rule first(@Nullable String label) {
        return candidates.first(label, candidates.needIssuer() ? path.issuer() : null);
    }
}
