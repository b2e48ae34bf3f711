/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

/**
 * A run of random cases, each with its own seed.
 *
 * @param seed the seed of the first case; each case adds one
 * @param cases the number of cases
 */
public record RandomRun(long seed, int cases) {

    /** A test of one case. */
    @FunctionalInterface
    public interface Property {

        /** Checks the property with this input. */
        void check(RandomCase random) throws Exception;
    }

    /** Checks the property with every case; a failure names the seed of the case. */
    public void each(Property property) {
        for (long one = seed; one < seed + cases; one++) {
            try {
                property.check(new RandomCase(one));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("with seed " + one + ": " + e, e);
            }
        }
    }

    @Override
    public String toString() {
        return "seeds from " + seed;
    }
}
