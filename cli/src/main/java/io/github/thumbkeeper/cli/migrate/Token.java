/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

/**
 * The smallest part of a C# expression. Immutable and thread-safe.
 *
 * @param text the characters; of a string, its value
 * @param index its index in the document
 */
record Token(Kind kind, String text, int index) {

    /** The kind of a token. */
    enum Kind {
        NAME,
        NUMBER,
        STRING,
        /** A string with values in braces, {@code $"…"}. */
        INTERPOLATED,
        SYMBOL,
        END
    }

    boolean is(String symbolOrName) {
        return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbolOrName);
    }
}
