/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class RandomCasesTest {

    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    @RandomCases
    void everyCaseIsAnother(RandomRun run) {
        run.each(random -> SEEN.add(new BigInteger(random.bytes(16)).toString()));
    }

    @AfterAll
    static void ranAThousandCases() {
        assertThat(SEEN).hasSize(1000);
    }

    @Test
    void failureNamesTheSeedThatRepeatsIt() {
        List<Integer> seen = new ArrayList<>();

        assertThatThrownBy(() -> new RandomRun(40, 100).each(random -> {
                    seen.add(random.between(0, 1_000_000));
                    assertThat(seen).hasSizeLessThan(3);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("with seed 42: ");
        new RandomRun(42, 1)
                .each(random -> assertThat(random.between(0, 1_000_000)).isEqualTo(seen.get(2)));
    }

    @Test
    void numbersCoverTheirRangeAndItsEnds() {
        RandomCase random = new RandomCase(1);
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            numbers.add(random.between(3, 1000));
        }

        assertThat(numbers).contains(3, 1000).allMatch(number -> number >= 3 && number <= 1000);
    }
}
