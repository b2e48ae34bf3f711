/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import io.github.thumbkeeper.message.SafeText;

/**
 * Reports a text that is not a thumbprint or pin. The problem shows the text, its mistake and what is expected, unless {@link
 * TextOrigin} forbids it.
 */
final class NotADigestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String text;
    private final String why;

    /** Has no message, because a logger would print it even if the text must not be shown. */
    NotADigestException(TextSlice member, String why) {
        super(null, null, false, false);
        this.text = member.text();
        this.why = why;
    }

    /**
     * Returns the problem as messages give it.
     *
     * @param what what the text should be
     */
    String problem(TextOrigin origin, String what) {
        return origin.quoted(text) + " " + (origin.mayShow(text) ? why : what);
    }

    static NotADigestException at(TextSlice member, TextSlice body, int i, String why) {
        int c = body.codePointAt(i);
        String shown =
                c > ' ' && c < 0x7F ? "[" + (char) c + "] (" + SafeText.codePoint(c) + ")" : SafeText.codePoint(c);
        return new NotADigestException(
                member, "has the character " + shown + " at index " + body.originalIndex(i) + ", " + why);
    }
}
