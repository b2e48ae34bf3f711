/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.verdict.Verdict;
import java.util.List;

/**
 * Explanation of a decision: each check in the order in which the gate makes it, and what to change to admit the certificate.
 *
 * <pre>{@code
 * Explanation explanation = gate.explain(certificate, List.of(), Instant.now());
 * explanation.steps().forEach(step -> out.println(step.outcome() + " " + step.name() + ": " + step.text()));
 * }</pre>
 *
 * <p>All texts are safe to print: foreign text in them is cut and escaped. Immutable and thread-safe.
 *
 * @param verdict the decision, by the code that decides on requests
 * @param steps the checks; the first one that failed is the reason of a refusal, and the later ones would refuse next
 * @param advice what to change for each check that failed; empty if the request passes
 * @see Gate#explain
 */
public record Explanation(Verdict verdict, List<Step> steps, List<String> advice) {
    public Explanation {
        steps = List.copyOf(steps);
        advice = List.copyOf(advice);
    }

    /** Outcome of one check. */
    public enum Outcome {
        /** The check lets the certificate pass. */
        PASSED,
        /** The check refuses the certificate. */
        FAILED,
        /** The settings do not ask for the check, or an earlier one leaves nothing to check. */
        NOT_CHECKED
    }

    /**
     * One check.
     *
     * @param name the topic of the check in one word, such as {@code dates}
     * @param text a sentence; for a check that failed, it begins with the code, such as {@code TK-102}
     */
    public record Step(String name, Outcome outcome, String text) {}
}
