/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.rule.Candidates;
import io.github.thumbkeeper.rule.Rule;
import io.github.thumbkeeper.rule.Rules;
import io.github.thumbkeeper.store.Entry;
import io.github.thumbkeeper.store.Listing;
import io.github.thumbkeeper.store.Narrowing;
import io.github.thumbkeeper.store.Standing;
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
final class Speaker implements Narrowing {

    private final Candidates candidates;
    private final LazyPath path;

    private Speaker(Candidates candidates, LazyPath path) {
        this.candidates = candidates;
        this.path = path;
    }

    static Standing find(Listing listing, Rules rules, X509Certificate certificate, LazyPath path, long now) {
        if (rules.size() == 0) {
            return listing.at(now);
        }
        Speaker speaker = new Speaker(rules.find(certificate), path);
        Standing listed = listing.at(now, rules.narrow() ? speaker : Narrowing.NONE);
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

    private Standing ruled(Listing listing, X509Certificate certificate, Standing listed) {
        Rule rule = first(null);
        if (rule != null) {
            return listing.ofRule(rule.text(), rule.roles(), certificate);
        }
        if (listed.reason() == Reason.ENTRY_NOT_IN_FORCE) {
            return listed;
        }
        Reason untrusted = candidates.needIssuer() ? path.reason() : null;
        return untrusted == null ? Standing.noRule() : new Standing(null, untrusted);
    }

    /** A path is looked for only if a rule asks for it: that costs more than all the rest. */
    private @Nullable Rule first(@Nullable String label) {
        return candidates.first(label, candidates.needIssuer() ? path.issuer() : null);
    }
}
