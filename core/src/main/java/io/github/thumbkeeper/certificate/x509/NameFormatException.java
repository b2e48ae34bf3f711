/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.x509;

/** Thrown for text that is not a distinguished name. It has no message, which a stack trace would show. */
public final class NameFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String part;
    private final String problem;

    NameFormatException(String part, String problem) {
        super(null, null, false, false);
        this.part = part;
        this.problem = problem;
    }

    /** Returns the part of the text that is invalid. */
    public String part() {
        return part;
    }

    /** Returns why the part is invalid and what is expected, as the predicate of a sentence that repeats none of the text. */
    public String problem() {
        return problem;
    }
}
