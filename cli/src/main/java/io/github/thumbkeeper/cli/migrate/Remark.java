/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.Locale;

/**
 * A note on one part of a policy document. Immutable and thread-safe.
 *
 * @param at the place in the document
 * @param kind what happened to that part
 * @param text the part, and its counterpart in the settings
 */
public record Remark(Position at, Kind kind, String text) {

    /** The fate of a part of the document. */
    public enum Kind {
        /** The settings mean the same. */
        TRANSLATED,
        /** The policy does not work as its author meant it; the settings do. */
        CORRECTED,
        /** The settings refuse more than the policy. */
        STRICTER,
        /** The settings have no counterpart; the part does not decide about certificates. */
        IMPOSSIBLE,
        /** The administrator completes the settings. */
        TO_DO;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    @Override
    public String toString() {
        return at + ": " + kind + ": " + text;
    }
}
