/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import java.util.Arrays;

/** Durations of requests. Thread-safe. */
final class Latencies {

    private long[] nanos = new long[1 << 12];
    private int size;

    synchronized void add(long taken) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = taken;
    }

    synchronized int size() {
        return size;
    }

    /** Returns the duration that this share of all requests did not exceed. */
    synchronized double micros(double share) {
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(size - 1L, (long) (share * size))] / 1e3;
    }
}
