/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PackedColumnTest {

    static IntStream bits() {
        return IntStream.rangeClosed(0, Integer.SIZE);
    }

    @ParameterizedTest(name = "numbers of {0} bits")
    @MethodSource("bits")
    void returnsTheNumbersThatWereAdded(int bits) {
        Random random = new Random(bits);
        int least = random.nextInt();
        int[] numbers = random.ints(1000)
                .map(number -> least + (bits == 0 ? 0 : number >>> (Integer.SIZE - bits)))
                .toArray();

        PackedColumn packed = PackedColumn.of(numbers);

        assertThat(IntStream.range(0, numbers.length).map(packed::get).toArray())
                .isEqualTo(numbers);
        assertThat(packed).isEqualTo(PackedColumn.of(numbers)).hasSameHashCodeAs(PackedColumn.of(numbers));
    }

    @Test
    void differsFromOtherNumbers() {
        PackedColumn packed = PackedColumn.of(new int[] {1, 2, 3});

        assertThat(packed).isNotEqualTo(PackedColumn.of(new int[] {2, 3, 4}));
        assertThat(packed).isNotEqualTo(PackedColumn.of(new int[] {1, 3, 2}));
        assertThat(packed).isNotEqualTo(PackedColumn.of(new int[] {1, 2, 9}));
    }
}
