/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.CertificateCache;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Rules of a gate, in the order in which they are written. They add identities to the list; rules with a label restrict which
 * entries of stores count.
 *
 * <p>Immutable and thread-safe. The cache of certificates seen before is discarded with the rules.
 */
public final class Rules {

    /** No rules, which neither add an identity nor restrict entries. */
    public static final Rules NONE = new Rules(List.of());

    private final List<Rule> all;
    private final boolean labels;
    private final boolean roles;
    private final CertificateCache<MatchingRules> seen = new CertificateCache<>();

    /** Combines the rules. */
    public Rules(List<Rule> all) {
        this.all = List.copyOf(all);
        this.labels = this.all.stream().anyMatch(rule -> rule.label() != null);
        this.roles = this.all.stream().anyMatch(rule -> !rule.roles().isEmpty());
    }

    /** Returns whether there are no rules. */
    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** Returns the number of rules. */
    public int size() {
        return all.size();
    }

    /** Returns the rules that give roles. */
    public List<Rule> withRoles() {
        return all.stream().filter(rule -> !rule.roles().isEmpty()).toList();
    }

    /** Returns whether any rule gives roles. */
    public boolean giveRoles() {
        return roles;
    }

    /** Returns the labels of the trust store that rules refer to. */
    public Set<String> issuerIds() {
        return all.stream().map(Rule::issuerId).filter(Objects::nonNull).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns whether any rule has a label. Then an entry of a store counts only if a rule with its label matches. */
    public boolean hasLabels() {
        return labels;
    }

    /** Returns the rules that match a certificate, except for their claims about the issuer. Never throws. */
    public MatchingRules find(X509Certificate certificate) {
        if (all.isEmpty()) {
            return MatchingRules.NONE;
        }
        MatchingRules known = seen.get(certificate);
        if (known != null) {
            return known;
        }
        CertificateAttributes attributes = new CertificateAttributes(certificate);
        MatchingRules found = MatchingRules.of(
                all.stream().filter(rule -> rule.matches(attributes)).toList());
        seen.put(certificate, found);
        return found;
    }
}
