/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rules that match one certificate, except for their claims about its issuer: those are checked by {@link #first}, when the
 * verified path is known.
 *
 * <p>Immutable and thread-safe.
 */
public final class MatchingRules {

    static final MatchingRules NONE = new MatchingRules(List.of());

    private final List<Rule> rules;
    private final boolean needsIssuer;

    private MatchingRules(List<Rule> rules) {
        this.rules = rules;
        this.needsIssuer = rules.stream().anyMatch(rule -> !rule.issuerClaims().isEmpty());
    }

    static MatchingRules of(List<Rule> rules) {
        return rules.isEmpty() ? NONE : new MatchingRules(rules);
    }

    /** Returns whether any of the rules has a claim about the issuer. */
    public boolean needsIssuer() {
        return needsIssuer;
    }

    /**
     * Returns the first rule that matches, or null if no rule matches.
     *
     * @param label the label that the rule must have; null for a rule without a label
     * @param issuer the issuer in the verified path, or null if there is no path
     */
    public @Nullable Rule first(@Nullable String label, @Nullable Issuer issuer) {
        for (Rule rule : rules) {
            if (Objects.equals(rule.label(), label) && rule.matches(issuer)) {
                return rule;
            }
        }
        return null;
    }
}
