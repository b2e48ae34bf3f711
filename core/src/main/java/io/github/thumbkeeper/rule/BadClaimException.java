/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.rule;

import io.github.thumbkeeper.certificate.text.TextOrigin;
import org.jspecify.annotations.Nullable;

/** A rule is refused. The problem says why and what is accepted, and shows the value if {@link TextOrigin} allows that. */
final class BadClaimException extends Exception {
    private static final long serialVersionUID = 1L;

    private final @Nullable String value;
    private final String why;

    /** Makes the exception for a problem that repeats nothing of the text. */
    BadClaimException(String why) {
        this(null, why);
    }

    /**
     * Makes the exception; it has no message of its own, which could be shown anywhere.
     *
     * @param value the text that is not accepted
     * @param why the rest of the sentence, which repeats nothing of it
     */
    BadClaimException(@Nullable String value, String why) {
        super(null, null, false, false);
        this.value = value;
        this.why = why;
    }

    String problem(TextOrigin origin) {
        return value == null ? why : origin.quoted(value) + " " + why;
    }
}
