/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

/**
 * Describes what is unusual about a password that was refused: programs that write password files add blanks, quotes and invisible
 * characters. Thread-safe.
 */
public final class PasswordHint {

    private PasswordHint() {}

    /** Returns a clause whose subject is the password, such as {@code ends in a blank}; empty if nothing is unusual. */
    public static String of(String password) {
        if (password.isEmpty()) {
            return "is empty";
        }
        char first = password.charAt(0);
        char last = password.charAt(password.length() - 1);
        if (isBlank(last)) {
            return "ends in a blank, which is part of it";
        }
        if (isBlank(first)) {
            return "begins with a blank, which is part of it";
        }
        if (password.length() > 1 && first == last && (first == '"' || first == '\'')) {
            return "is in quotes, which are part of it";
        }
        if (password.chars().anyMatch(PasswordHint::isInvisible)) {
            return "has an invisible character, which is part of it";
        }
        return password.chars().anyMatch(c -> c > 0x7E)
                ? "has characters beyond ASCII, which other programs may have encoded in another way"
                : "";
    }

    private static boolean isBlank(char c) {
        return c == '\t' || Character.isSpaceChar(c);
    }

    private static boolean isInvisible(int c) {
        return Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT
                || (Character.isSpaceChar(c) && c != ' ');
    }
}
