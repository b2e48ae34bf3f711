/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import java.util.regex.Pattern;

/**
 * Placeholders such as {@code ${proxy.secret}}, which a container or a build replaces.
 *
 * <p>A placeholder that was not replaced must be refused: otherwise the text in the configuration would be the secret.
 */
public final class Placeholder {

    private static final Pattern WHOLE = Pattern.compile("\\s*\\$\\{[^{}]*}\\s*");

    private Placeholder() {}

    /** Returns whether any part of the text is a placeholder, closed or not. */
    public static boolean isIn(String text) {
        return text.contains("${");
    }

    /** Returns whether the text is one placeholder and nothing else. A generated password may contain the characters. */
    public static boolean isAllOf(String text) {
        return WHOLE.matcher(text).matches();
    }
}
