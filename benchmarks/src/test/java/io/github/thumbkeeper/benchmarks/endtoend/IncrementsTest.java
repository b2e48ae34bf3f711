/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.benchmarks.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IncrementsTest {

    /** Two paths in four blocks of four rounds; the second takes 2 us longer, and the last block is disturbed. */
    private final Increments increments = new Increments(new long[][][] {
        {
            {99_000, 10_000, 11_000, 12_000},
            {10_000, 11_000, 12_000, 13_000},
            {1, 11_000, 12_000, 12_000},
            {90_000, 80_000, 70_000, 60_000}
        },
        {
            {12_000, 13_000, 14_000, 99_000},
            {12_000, 13_000, 14_000, 15_000},
            {13_000, 13_000, 1, 14_000},
            {75_000, 99_000, 78_000, 90_000}
        },
    });

    @Test
    void takesTheMedianOfTheDifferencesBetweenFirstQuartiles() {
        assertThat(increments.over(1, 0)).isEqualTo(2);
        assertThat(increments.over(0, 1)).isEqualTo(-2);
        assertThat(increments.over(1, 1)).isZero();
    }

    @Test
    void showsHowFarTheBlocksAreApart() {
        assertThat(increments.spread(1, 0)).isEqualTo(6);
        assertThat(increments.spread(1, 1)).isZero();
    }
}
