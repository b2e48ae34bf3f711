/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import java.util.List;

/**
 * Result of parsing rules.
 *
 * <p>Immutable and thread-safe.
 *
 * @param rules the rules in their order; empty if there are problems or conflicts, since rules are used completely or not at all
 * @param warnings warnings for the administrator, each a sentence
 * @param problems malformed rules, each with the number of the rule and what is expected
 * @param conflicts rules that conflict with other settings
 */
public record ParsedRules(List<Rule> rules, List<String> warnings, List<String> problems, List<String> conflicts) {
    public ParsedRules {
        problems = List.copyOf(problems);
        conflicts = List.copyOf(conflicts);
        rules = problems.isEmpty() && conflicts.isEmpty() ? List.copyOf(rules) : List.of();
        warnings = List.copyOf(warnings);
    }
}
