/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import java.util.ArrayList;
import java.util.List;

/** A part of a value, with its position in the whole. Indexes into the part begin at 0. Immutable and thread-safe. */
record TextSlice(NormalizedText whole, int start, int end) {

    static TextSlice of(NormalizedText whole) {
        return new TextSlice(whole, 0, whole.text().length());
    }

    int length() {
        return end - start;
    }

    char charAt(int i) {
        return whole.text().charAt(start + i);
    }

    int codePointAt(int i) {
        return whole.text().codePointAt(start + i);
    }

    String text() {
        return whole.text().substring(start, end);
    }

    boolean startsWith(String prefix) {
        return length() >= prefix.length() && whole.text().startsWith(prefix, start);
    }

    TextSlice from(int from) {
        return new TextSlice(whole, start + from, end);
    }

    TextSlice from(int from, int to) {
        return new TextSlice(whole, start + from, start + to);
    }

    /** Returns the index in the value as it was given. */
    int originalIndex(int i) {
        return whole.originalIndex(start + i);
    }

    /** Returns whether an invisible character was removed just before this one. */
    boolean isJoinedAt(int i) {
        return i > 0 && whole.isJoinedAt(start + i);
    }

    /** Returns whether nothing was removed from the inside. */
    boolean isUnbroken() {
        return length() == 0 || originalIndex(length() - 1) - originalIndex(0) == length() - 1;
    }

    TextSlice trimmed() {
        int from = 0;
        int to = length();
        while (from < to && isBlank(charAt(from))) {
            from++;
        }
        while (to > from && isBlank(charAt(to - 1))) {
            to--;
        }
        return from(from, to);
    }

    /** Returns the part without the quotes around it, if there are no others inside. */
    TextSlice unquoted() {
        if (length() < 2 || (charAt(0) != '"' && charAt(0) != '\'')) {
            return this;
        }
        int closing = whole.text().indexOf(charAt(0), start + 1);
        return closing == end - 1 ? from(1, length() - 1).trimmed() : this;
    }

    /** Returns the words, which blanks separate. */
    List<TextSlice> words() {
        List<TextSlice> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= length(); i++) {
            if (i == length() || isBlank(charAt(i))) {
                if (i > from) {
                    words.add(from(from, i));
                }
                from = i + 1;
            }
        }
        return words;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }
}
