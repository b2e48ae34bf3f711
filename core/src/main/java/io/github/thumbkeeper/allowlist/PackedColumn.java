/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Column of numbers, each in as many bits as the difference between the least and the greatest number needs; equal numbers need none.
 *
 * <p>Immutable and thread-safe.
 */
final class PackedColumn {

    private final int least;
    private final int bits;
    private final long[] words;

    private PackedColumn(int least, int bits, int size) {
        this.least = least;
        this.bits = bits;
        // One word more, so that a number may always be read from two.
        this.words = new long[Math.toIntExact((((long) size * bits) >>> 6) + 1)];
    }

    /** Packs numbers, which count as unsigned. */
    static PackedColumn of(int[] numbers) {
        int least = numbers.length == 0 ? 0 : numbers[0];
        int greatest = least;
        for (int number : numbers) {
            least = Integer.compareUnsigned(number, least) < 0 ? number : least;
            greatest = Integer.compareUnsigned(number, greatest) > 0 ? number : greatest;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(greatest - least);
        PackedColumn column = new PackedColumn(least, bits, numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            column.set(i, Integer.toUnsignedLong(numbers[i] - least));
        }
        return column;
    }

    private void set(int index, long number) {
        long at = (long) index * bits;
        int word = (int) (at >>> 6);
        words[word] |= number << at;
        if ((at & 63) + bits > Long.SIZE) {
            words[word + 1] |= number >>> -at;
        }
    }

    int get(int index) {
        long at = (long) index * bits;
        int word = (int) (at >>> 6);
        long number = words[word] >>> at;
        if ((at & 63) + bits > Long.SIZE) {
            number |= words[word + 1] << -at;
        }
        return least + (int) (number & ((1L << bits) - 1));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PackedColumn that
                && least == that.least
                && bits == that.bits
                && Arrays.equals(words, that.words);
    }

    @Override
    public int hashCode() {
        return 31 * least + Arrays.hashCode(words);
    }
}
