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
 * The rules of a gate in the order in which they are written.
 *
 * <p>Immutable and safe to share between threads; what they remember of certificates goes with them.
 */
public final class Rules {

    /** No rules: they add nothing and narrow nothing. */
    public static final Rules NONE = new Rules(List.of());

    private final List<Rule> all;
    private final boolean narrow;
    private final CertificateCache<MatchingRules> seen = new CertificateCache<>();

    /** Puts the rules together. */
    public Rules(List<Rule> all) {
        this.all = List.copyOf(all);
        this.narrow = this.all.stream().anyMatch(rule -> rule.label() != null);
    }

    /** Returns the number of rules. */
    public int size() {
        return all.size();
    }

    /** Returns the labels of entries of the trust store that rules name. */
    public Set<String> issuerIds() {
        return all.stream().map(Rule::issuerId).filter(Objects::nonNull).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns whether any of them claims a label: then an entry of a store counts only if such a rule is about it and holds. */
    public boolean narrow() {
        return narrow;
    }

    /** Returns the rules that hold as far as the certificate itself says. Never throws. */
    public MatchingRules find(X509Certificate certificate) {
        if (all.isEmpty()) {
            return MatchingRules.NONE;
        }
        MatchingRules known = seen.get(certificate);
        if (known != null) {
            return known;
        }
        CertificateAttributes facts = new CertificateAttributes(certificate);
        MatchingRules found =
                MatchingRules.of(all.stream().filter(rule -> rule.holds(facts)).toList());
        seen.put(certificate, found);
        return found;
    }
}
