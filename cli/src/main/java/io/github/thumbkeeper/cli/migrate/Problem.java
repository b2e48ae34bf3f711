/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

/**
 * A reason not to translate a policy document. Immutable and thread-safe.
 *
 * @param at the place in the document
 * @param text the problem, and what is expected
 */
public record Problem(Position at, String text) {

    @Override
    public String toString() {
        return at + ": " + text;
    }
}
