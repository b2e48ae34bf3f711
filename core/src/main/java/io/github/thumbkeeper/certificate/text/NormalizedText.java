/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.certificate.text;

import io.github.thumbkeeper.message.SafeText;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A value without the invisible characters that were copied along with it. Immutable and thread-safe.
 *
 * <p>The Windows certificate dialog puts U+200E in front of a thumbprint, and {@link String#strip} leaves it there.
 */
final class NormalizedText {

    private static final int MAX_NAMED = 10;

    private final String original;
    private final String text;
    /** For each character of the text its index in the original; null if nothing was removed. */
    private final int @Nullable [] indexes;

    private NormalizedText(String original, String text, int @Nullable [] indexes) {
        this.original = original;
        this.text = text;
        this.indexes = indexes;
    }

    static NormalizedText of(String value) {
        if (value.chars().noneMatch(NormalizedText::isInvisible)) {
            return unchanged(value);
        }
        int[] indexes = IntStream.range(0, value.length())
                .filter(i -> !isInvisible(value.charAt(i)))
                .toArray();
        StringBuilder text = new StringBuilder(indexes.length);
        Arrays.stream(indexes).forEach(i -> text.append(value.charAt(i)));
        return new NormalizedText(value, text.toString(), indexes);
    }

    /** Keeps invisible characters, for values that must not contain them. */
    static NormalizedText unchanged(String value) {
        return new NormalizedText(value, value, null);
    }

    String text() {
        return text;
    }

    /** Returns the index in the original value of a character of the text. */
    int originalIndex(int i) {
        return indexes == null ? i : indexes[i];
    }

    /** Returns the index in the original value after a part of the text; removed characters that follow the part belong to it. */
    int originalEnd(int end) {
        return end < text.length() ? originalIndex(end) : original.length();
    }

    /** Returns whether something was removed between this character of the text and the one before it. */
    boolean isJoinedAt(int i) {
        return indexes != null && i > 0 && indexes[i] - indexes[i - 1] > 1;
    }

    /** Returns the sentence that names the removed characters, or null if there were none. */
    @Nullable
    String warning() {
        int removed = original.length() - text.length();
        if (removed == 0) {
            return null;
        }
        String named = IntStream.range(0, original.length())
                .filter(i -> isInvisible(original.charAt(i)))
                .limit(MAX_NAMED)
                .mapToObj(i -> SafeText.codePoint(original.charAt(i)) + " at index " + i)
                .collect(Collectors.joining(", "));
        String rest = removed > MAX_NAMED ? " and " + (removed - MAX_NAMED) + " more" : "";
        return "invisible characters were removed: " + named + rest;
    }

    private static boolean isInvisible(int c) {
        return c == 0x00A0
                || c == 0x00AD
                || (c >= 0x200B && c <= 0x200F)
                || (c >= 0x202A && c <= 0x202E)
                || c == 0x2060
                || (c >= 0x2066 && c <= 0x2069)
                || c == 0xFEFF;
    }
}
