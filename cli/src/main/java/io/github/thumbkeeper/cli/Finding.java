/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

/**
 * One result of a check.
 *
 * @param place the gate, or the file or folder
 * @param text a sentence, which begins with its code if it has one
 */
record Finding(Level level, String place, String text) {

    /** How grave a finding is. */
    enum Level {
        /** The gate does not start, or leaves something open. */
        ERROR,
        /** The gate starts, and logs this as a warning. */
        WARNING,
        /** Nothing is wrong. */
        INFO
    }

    /** Returns the code, such as {@code TK-302}; empty if there is none. */
    String code() {
        return text.matches("(?s)TK-[0-9]{3} .*") ? text.substring(0, "TK-302".length()) : "";
    }
}
