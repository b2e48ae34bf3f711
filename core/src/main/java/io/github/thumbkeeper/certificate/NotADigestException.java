/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate;

/** A text is no thumbprint and no pin. The message shows it, says where it is wrong and what is accepted. */
final class NotADigestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String problem;

    NotADigestException(TextPart member, String why) {
        this(Printable.quoted(member.text()) + " " + why);
    }

    private NotADigestException(String problem) {
        super(problem, null, false, false);
        this.problem = problem;
    }

    String problem() {
        return problem;
    }

    static NotADigestException at(TextPart member, TextPart body, int i, String why) {
        int c = body.codePointAt(i);
        String shown =
                c > ' ' && c < 0x7F ? "[" + (char) c + "] (" + Printable.codePoint(c) + ")" : Printable.codePoint(c);
        return new NotADigestException(
                member, "has the character " + shown + " at index " + body.originalIndex(i) + ", " + why);
    }
}
