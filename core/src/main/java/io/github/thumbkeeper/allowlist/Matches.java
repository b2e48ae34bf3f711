/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one snapshot of the list that match one certificate, with the decision each of them leads to. The time is
 * added by {@link #at}, so this object can be cached for as long as the snapshot is in force.
 *
 * <p>Thread-safe. Holds no reference to the certificate, so that caching it does not keep the certificate alive. The two fields that
 * change keep what every thread would compute: each is written as a whole, with an object whose own fields are final, so a thread
 * that loses a race only computes it once more.
 */
public final class Matches {

    private final List<Entry> fixed;
    private final List<Entry> entries;
    private final List<ListDecision> decisions;
    private final boolean disabled;
    private final boolean denied;
    private final DigestAlgorithm algorithm;
    private final byte[] digest;
    private final IdentityMapper identities;
    private @Nullable Validity validity;
    private ListDecision.@Nullable Refused detailed;

    /**
     * Validity of a certificate, in milliseconds since 1970.
     *
     * @param notBefore its start
     * @param notAfter its end
     */
    public record Validity(long notBefore, long notAfter) {
        static Validity of(X509Certificate certificate) {
            return new Validity(
                    certificate.getNotBefore().getTime(),
                    certificate.getNotAfter().getTime());
        }
    }

    /**
     * Computes the decision of every matching entry.
     *
     * @param fixed the entries of the settings that match
     * @param others the entries of stores that match
     * @param denied whether an entry of a deny list matches
     * @param certificate the certificate; null if only its thumbprint is known
     * @param digest the thumbprint, not copied
     */
    Matches(
            List<Entry> fixed,
            List<Entry> others,
            boolean denied,
            @Nullable X509Certificate certificate,
            DigestAlgorithm algorithm,
            byte[] digest,
            IdentityMapper identities) {
        this.fixed = fixed;
        this.entries = fixed.isEmpty()
                ? others
                : Stream.concat(fixed.stream(), others.stream()).toList();
        this.denied = denied;
        this.algorithm = algorithm;
        this.digest = digest;
        this.identities = identities;
        this.decisions = entries.isEmpty()
                ? List.of()
                : entries.stream()
                        .map(entry -> decision(identities.of(entry, certificate, thumbprint())))
                        .toList();
        this.disabled = !entries.isEmpty() && entries.stream().anyMatch(Entry::disabled);
    }

    private Thumbprint thumbprint() {
        return Thumbprint.ofDigest(algorithm, digest);
    }

    /** Returns the matching entries, in the order in which they count: those of the settings first. */
    public List<Entry> entries() {
        return entries;
    }

    /** Returns the validity of the certificate, which is read when first needed: that of a stranger never is. */
    public Validity validityOf(X509Certificate certificate) {
        Validity known = validity;
        if (known == null) {
            known = Validity.of(certificate);
            validity = known;
        }
        return known;
    }

    /** Returns the last refusal that {@link #detail} made, if it has this reason; else null. */
    public ListDecision.@Nullable Refused detailed(Reason reason) {
        ListDecision.Refused known = detailed;
        return known != null && known.reason() == reason ? known : null;
    }

    /** Makes a refusal with a detail, and keeps it: the detail costs more than a decision. */
    public ListDecision.Refused detail(Reason reason, String detail) {
        ListDecision.Refused made = new ListDecision.Refused(reason, detail);
        detailed = made;
        return made;
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
            return ListDecision.Refused.of(Reason.DENIED);
        }
        if (disabled) {
            return ListDecision.Refused.of(Reason.ENTRY_DISABLED);
        }
        return entries.isEmpty() ? ListDecision.Refused.of(Reason.NOT_LISTED) : firstInForce(now, filter);
    }

    /**
     * Returns the decision if a rule admits the certificate.
     *
     * @param text the text of the rule, which gives the name if the principal is named by the label
     * @param roles the roles of the rule
     */
    public ListDecision ofRule(String text, Set<String> roles, X509Certificate certificate) {
        return decision(identities.of(null, text, roles, certificate, thumbprint()));
    }

    private ListDecision firstInForce(long now, EntryFilter filter) {
        ListDecision refused = ListDecision.Refused.of(Reason.ENTRY_NOT_IN_FORCE);
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).isInForceAt(now)) {
                ListDecision decision = i < fixed.size() ? decisions.get(i) : filtered(i, filter);
                if (decision != null) {
                    return decision;
                }
                refused = ListDecision.Refused.of(Reason.NO_RULE_FOR_ENTRY);
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
                ? ListDecision.Refused.of(Reason.NO_COMMON_NAME)
                : new ListDecision.Admitted(new Verdict.Admitted(identity));
    }
}
