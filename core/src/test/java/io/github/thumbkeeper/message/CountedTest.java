/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountedTest {

    @ParameterizedTest
    @CsvSource({
        "0, entries, 0 entries",
        "1, entries, 1 entry",
        "2, entries, 2 entries",
        "1, denied entries, 1 denied entry",
        "1, bad files, 1 bad file",
        "1, CRLs, 1 CRL",
        "1, more refusals, 1 more refusal",
        "1000000, rules, 1000000 rules"
    })
    void writesTheNounInTheSingularOrThePlural(long number, String plural, String expected) {
        assertThat(Counted.of(number, plural)).isEqualTo(expected);
    }
}
