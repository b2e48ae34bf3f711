/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Verdict;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one snapshot of the list that match one certificate, with the decision each of them leads to. The time is
 * added by {@link #at}, so this object can be cached for as long as the snapshot is in force.
 *
 * <p>Immutable and thread-safe. Holds no reference to the certificate, so that caching it does not keep the certificate alive.
 */
public final class Matches {

    private final List<Entry> entries;
    private final int fixed;
    private final List<ListDecision> decisions;
    private final boolean disabled;
    private final boolean denied;
    private final Thumbprint sha256;
    private final IdentityMapper identities;
    private final long notBefore;
    private final long notAfter;

    /**
     * Computes the decision of every matching entry.
     *
     * @param entries the entries that match, those of the settings first
     * @param fixed the number of entries that come from the settings
     * @param denied whether an entry of a deny list matches
     * @param certificate the certificate; null if only its thumbprint is known, and its dates are not
     */
    Matches(
            List<Entry> entries,
            int fixed,
            boolean denied,
            @Nullable X509Certificate certificate,
            Thumbprint sha256,
            IdentityMapper identities) {
        this.entries = List.copyOf(entries);
        this.fixed = fixed;
        this.denied = denied;
        this.sha256 = sha256;
        this.identities = identities;
        this.decisions = entries.stream()
                .map(entry -> decision(identities.of(entry, certificate, sha256)))
                .toList();
        this.disabled = entries.stream().anyMatch(Entry::disabled);
        this.notBefore = certificate == null
                ? Long.MIN_VALUE
                : certificate.getNotBefore().getTime();
        this.notAfter =
                certificate == null ? Long.MAX_VALUE : certificate.getNotAfter().getTime();
    }

    /** Returns the matching entries, in the order in which they count: those of the settings first. */
    public List<Entry> entries() {
        return entries;
    }

    /** Returns the start of the certificate's validity, in milliseconds since 1970. */
    public long notBefore() {
        return notBefore;
    }

    /** Returns the end of the certificate's validity, in milliseconds since 1970. */
    public long notAfter() {
        return notAfter;
    }

    /**
     * Returns the decision if no rule filters the entries.
     *
     * @param now the current time, in milliseconds since 1970
     */
    public ListDecision at(long now) {
        return at(now, EntryFilter.NONE);
    }

    /**
     * Returns the decision at a moment. A denied certificate, and one with any disabled entry, is refused whatever the other
     * entries say. Otherwise the first entry in force gives the identity.
     *
     * @param now the current time, in milliseconds since 1970
     * @param filter which entries of stores count
     */
    public ListDecision at(long now, EntryFilter filter) {
        if (denied) {
            return ListDecision.Refused.DENIED;
        }
        if (disabled) {
            return ListDecision.Refused.DISABLED;
        }
        return entries.isEmpty() ? ListDecision.Refused.NOT_LISTED : firstInForce(now, filter);
    }

    /**
     * Returns the decision if a rule admits the certificate.
     *
     * @param text the text of the rule, which gives the name if the principal is named by the label
     * @param roles the roles of the rule
     */
    public ListDecision ofRule(String text, Set<String> roles, X509Certificate certificate) {
        return decision(identities.of(null, text, roles, certificate, sha256));
    }

    private ListDecision firstInForce(long now, EntryFilter filter) {
        ListDecision refused = ListDecision.Refused.NOT_IN_FORCE;
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).isInForceAt(now)) {
                ListDecision decision = i < fixed ? decisions.get(i) : filtered(i, filter);
                if (decision != null) {
                    return decision;
                }
                refused = ListDecision.Refused.NO_RULE_FOR_ENTRY;
            }
        }
        return refused;
    }

    /** Returns the decision of an entry of a store, or null if no rule lets the entry count. */
    private @Nullable ListDecision filtered(int i, EntryFilter filter) {
        Set<String> own = entries.get(i).roles();
        Set<String> roles = filter.roles(entries.get(i));
        if (roles == null) {
            return null;
        }
        return decisions.get(i) instanceof ListDecision.Admitted admitted && !roles.equals(own)
                ? admitted.withRoles(identities.ofEntry(entries.get(i), roles))
                : decisions.get(i);
    }

    private static ListDecision decision(@Nullable Identity identity) {
        return identity == null
                ? ListDecision.Refused.NO_COMMON_NAME
                : new ListDecision.Admitted(new Verdict.Admitted(identity));
    }
}
