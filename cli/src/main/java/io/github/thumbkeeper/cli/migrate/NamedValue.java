/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import io.github.thumbkeeper.message.SafeText;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Named values of API Management, such as {@code {{partner-thumbprint}}}, which the gateway replaces.
 *
 * <p>The document does not have their values. A placeholder takes the place of one: with it no gate starts, so that an administrator
 * who forgets to fill it in does not open anything.
 */
final class NamedValue {

    private static final Pattern WHOLE = Pattern.compile("\\s*\\{\\{\\s*([A-Za-z0-9._-]+)\\s*}}\\s*");

    private NamedValue() {}

    /** Returns the placeholder for a text that is one named value; empty if it has none. */
    static Optional<String> placeholder(String text, int index) throws PolicyException {
        Matcher matcher = WHOLE.matcher(text);
        if (matcher.matches()) {
            return Optional.of("${" + matcher.group(1) + "}");
        }
        if (text.contains("{{") || text.contains("${")) {
            throw new PolicyException(
                    index,
                    SafeText.quoted(text)
                            + " contains a value that the document does not have; expected the named value"
                            + " alone, such as {{name}}, or the text itself");
        }
        return Optional.empty();
    }

    /** Returns whether a text of the document is one named value. */
    static boolean isAllOf(String text) {
        return WHOLE.matcher(text).matches();
    }

    /** Returns whether a value of the settings contains a placeholder. */
    static boolean isIn(String value) {
        return value.contains("${");
    }
}
