/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks;

import java.util.Arrays;

/** How long requests took. Safe to share between threads. */
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

    /** Returns the time within which this share of all requests was answered. */
    synchronized double micros(double share) {
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted[(int) Math.min(size - 1L, (long) (share * size))] / 1e3;
    }
}
