/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import io.github.thumbkeeper.message.Counted;
import io.github.thumbkeeper.message.SafeText;

/**
 * The origin of a refused text, which decides whether a message may repeat it.
 *
 * <p>This is the one rule for all messages: a setting that is not a secret is repeated, as {@link SafeText} shows it. A word of
 * a file, a database or a directory is repeated only if it is close to a thumbprint or pin, so that the mistake in it can be
 * found. Anything else in there may be a password, because the administrator has named the wrong file or column; the message
 * gives its length and none of its characters.
 */
public enum TextOrigin {

    /** The value of a setting that is not a secret. */
    SETTING,

    /** A file, a database, a directory, or a text that is bound in JNDI. */
    STORE;

    /** Returns whether a message may repeat the text. */
    boolean mayShow(String text) {
        return this == SETTING || text.isEmpty() || NearDigest.isNear(text);
    }

    /** Returns the text in {@code [ ]}, or words that give its length only. */
    public String quoted(String text) {
        return mayShow(text) ? SafeText.quoted(text) : unshown(text);
    }

    /** Returns a description that gives only the length of a text. */
    public static String unshown(String text) {
        return "a text of " + Counted.of(text.length(), "characters") + " (not shown, it may be a password)";
    }
}
