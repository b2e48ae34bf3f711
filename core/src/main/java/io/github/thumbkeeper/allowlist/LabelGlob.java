/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.util.regex.Pattern;

/**
 * Pattern for labels: {@code *} matches any text, {@code ?} one character, every other character itself.
 *
 * <p>Immutable and thread-safe.
 */
public final class LabelGlob {

    private final Pattern pattern;

    private LabelGlob(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Makes the pattern. */
    public static LabelGlob of(String glob) {
        StringBuilder regex = new StringBuilder();
        glob.codePoints()
                .forEach(c -> regex.append(
                        switch (c) {
                            case '*' -> ".*";
                            case '?' -> ".";
                            default -> Pattern.quote(Character.toString(c));
                        }));
        return new LabelGlob(Pattern.compile(regex.toString(), Pattern.DOTALL));
    }

    /** Returns whether a text has a character that matches more than itself. */
    static boolean isGlob(String text) {
        return text.indexOf('*') >= 0 || text.indexOf('?') >= 0;
    }

    /** Returns whether the whole label matches. */
    public boolean matches(String label) {
        return pattern.matcher(label).matches();
    }
}
