/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.List;
import java.util.Locale;

/**
 * The value of an attribute, or a piece of text in an element. Immutable and thread-safe.
 *
 * @param index its index in the document
 * @param text a constant as decoded, or an expression as written
 * @param tokens the tokens of an expression; empty for a constant
 */
record PolicyValue(int index, String text, List<Token> tokens) {

    boolean isExpression() {
        return !tokens.isEmpty();
    }

    boolean isBlank() {
        return text.isBlank();
    }

    /** Returns whether the text contains these letters, in any case. */
    boolean mentions(String letters) {
        return text.toLowerCase(Locale.ROOT).contains(letters);
    }
}
