/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

/** A line of a thumbprint list, or a row of a database or directory, is refused. The message says why and what is accepted. */
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
