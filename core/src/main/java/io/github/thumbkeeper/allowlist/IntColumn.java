/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.util.Arrays;

/** Growing array of numbers. Not thread-safe. */
final class IntColumn {

    private int[] values = new int[16];
    private int size;

    /** Returns a column with the numbers from 0 to {@code size - 1}. */
    static IntColumn countingTo(int size) {
        IntColumn column = new IntColumn();
        for (int i = 0; i < size; i++) {
            column.add(i);
        }
        return column;
    }

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size++] = value;
    }

    int get(int index) {
        return values[index];
    }

    PackedColumn pack() {
        return PackedColumn.of(Arrays.copyOf(values, size));
    }
}
