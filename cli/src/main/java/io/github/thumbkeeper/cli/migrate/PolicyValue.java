/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of an attribute, or a piece of text in an element. Immutable and thread-safe.
 *
 * @param index its index in the document
 * @param text the characters, without entities
 * @param tokens the tokens of an expression; empty for a constant
 */
record PolicyValue(int index, String text, List<Token> tokens) {

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u|U0000)00([0-9A-Fa-f]{2})");

    boolean isExpression() {
        return !tokens.isEmpty();
    }

    boolean isBlank() {
        return text.isBlank();
    }

    /** Returns whether the text contains these letters, in any case. An escape in a name of C# counts as its letter. */
    boolean mentions(String letters) {
        String plain = ESCAPE.matcher(text)
                .replaceAll(escape ->
                        Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(escape.group(1), 16))));
        return plain.toLowerCase(Locale.ROOT).contains(letters);
    }
}
