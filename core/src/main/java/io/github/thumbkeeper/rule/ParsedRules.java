/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import java.util.List;

/**
 * What was read from the text of rules.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param rules the rules in their order; empty if there are problems or conflicts, because half the rules are none
 * @param warnings what the administrator should know, each a sentence
 * @param problems what is malformed, each naming the rule and what is accepted
 * @param conflicts what does not go with other settings
 */
public record ParsedRules(List<Rule> rules, List<String> warnings, List<String> problems, List<String> conflicts) {
    public ParsedRules {
        problems = List.copyOf(problems);
        conflicts = List.copyOf(conflicts);
        rules = problems.isEmpty() && conflicts.isEmpty() ? List.copyOf(rules) : List.of();
        warnings = List.copyOf(warnings);
    }
}
