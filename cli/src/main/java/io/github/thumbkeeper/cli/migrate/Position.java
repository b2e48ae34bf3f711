/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli.migrate;

import java.util.Comparator;

/**
 * A place in a policy document. Immutable and thread-safe.
 *
 * @param line from 1
 * @param column from 1, in characters
 */
public record Position(int line, int column) implements Comparable<Position> {

    private static final Comparator<Position> ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    /** Returns the place of the character at this index of a text. */
    static Position of(String text, int index) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < index; i++) {
            boolean crlf = text.charAt(i) == '\r' && text.startsWith("\n", i + 1);
            if (text.charAt(i) == '\n' || (text.charAt(i) == '\r' && !crlf)) {
                line++;
                start = i + 1;
            }
        }
        return new Position(line, index - start + 1);
    }

    @Override
    public int compareTo(Position other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
