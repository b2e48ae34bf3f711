/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

/** Refusal of a line of a thumbprint list, or of a row of a database or directory; the message says what is expected. */
public final class BadEntryException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    public BadEntryException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    public String problem() {
        return problem;
    }
}
