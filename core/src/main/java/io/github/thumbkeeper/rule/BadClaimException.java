/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

/** A rule is refused. The message says why and what is accepted. */
final class BadClaimException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    BadClaimException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }
}
