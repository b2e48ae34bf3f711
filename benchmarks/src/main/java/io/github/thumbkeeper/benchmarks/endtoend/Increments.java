/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.endtoend;

import java.util.Arrays;

/**
 * Durations of requests to several paths of one server, and the differences between the paths.
 *
 * <p>A difference is the median over the blocks of the difference between the first quartiles: interference only adds time, and
 * it does so for both paths of a block alike.
 */
final class Increments {

    /** By path and block. */
    private final double[][] quartiles;

    /**
     * Reduces the durations to their first quartiles.
     *
     * @param nanos by path, block and round; sorted in place
     */
    Increments(long[][][] nanos) {
        quartiles = new double[nanos.length][];
        for (int path = 0; path < nanos.length; path++) {
            quartiles[path] =
                    Arrays.stream(nanos[path]).mapToDouble(Increments::quartile).toArray();
        }
    }

    /** Returns the first quartile of a path, in microseconds. */
    double micros(int path) {
        return sorted(quartiles[path])[quartiles[path].length / 2] / 1e3;
    }

    /** Returns how much longer a path takes than another one, in microseconds. */
    double over(int path, int other) {
        double[] all = differences(path, other);
        return (all[(all.length - 1) / 2] + all[all.length / 2]) / 2e3;
    }

    /** Returns how far the differences of the middle half of the blocks are apart, in microseconds. */
    double spread(int path, int other) {
        double[] all = differences(path, other);
        return (all[all.length * 3 / 4] - all[all.length / 4]) / 1e3;
    }

    private double[] differences(int path, int other) {
        double[] all = new double[quartiles[path].length];
        for (int block = 0; block < all.length; block++) {
            all[block] = quartiles[path][block] - quartiles[other][block];
        }
        return sorted(all);
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    private static double quartile(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 4];
    }
}
