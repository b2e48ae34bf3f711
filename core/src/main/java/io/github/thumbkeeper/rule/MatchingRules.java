/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rules that hold for one certificate as far as it says itself; what they claim of its issuer is still open.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class MatchingRules {

    static final MatchingRules NONE = new MatchingRules(List.of());

    private final List<Rule> rules;
    private final boolean needIssuer;

    private MatchingRules(List<Rule> rules) {
        this.rules = rules;
        this.needIssuer = rules.stream().anyMatch(rule -> !rule.issuerClaims().isEmpty());
    }

    static MatchingRules of(List<Rule> rules) {
        return rules.isEmpty() ? NONE : new MatchingRules(rules);
    }

    /** Returns whether any of them claims something of the issuer. */
    public boolean needIssuer() {
        return needIssuer;
    }

    /**
     * Returns the first rule that holds and claims this label, or claims none if it is null; null if there is none.
     *
     * @param issuer the issuer in the verified path, or null if there is none
     */
    public @Nullable Rule first(@Nullable String label, @Nullable Issuer issuer) {
        for (Rule rule : rules) {
            if (Objects.equals(rule.label(), label) && rule.holds(issuer)) {
                return rule;
            }
        }
        return null;
    }
}
