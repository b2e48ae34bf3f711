/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.text.TextOrigin;
import org.jspecify.annotations.Nullable;

/**
 * Thrown for a rule that cannot be read. The problem contains the reason and what is expected, and the value only if
 * {@link TextOrigin} allows that.
 */
final class BadClaimException extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable String value;
    private final String why;

    /** Creates the exception for a problem that repeats none of the text. */
    BadClaimException(String why) {
        this(null, why);
    }

    /**
     * Creates the exception. It has no message, which a stack trace would show.
     *
     * @param value the invalid text
     * @param why the rest of the sentence, which repeats none of the text
     */
    BadClaimException(@Nullable String value, String why) {
        super(null, null, false, false);
        this.value = value;
        this.why = why;
    }

    /** Returns the problem as a sentence without its start, such as "rule 2". */
    String problem(TextOrigin origin) {
        return value == null ? why : origin.quoted(value) + " " + why;
    }
}
