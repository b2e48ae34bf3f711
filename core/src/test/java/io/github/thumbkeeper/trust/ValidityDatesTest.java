/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.verdict.Reason;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValidityDatesTest {

    @ParameterizedTest(name = "notBefore {0}, notAfter {1}, skew {2}: from 1000 to 2000 at {3} is {4}")
    @CsvSource({
        "true, true, 0, 999, NOT_YET_VALID",
        "true, true, 0, 1000,",
        "true, true, 0, 2000,",
        "true, true, 0, 2001, EXPIRED",
        "true, true, 100, 899, NOT_YET_VALID",
        "true, true, 100, 900,",
        "true, true, 100, 2100,",
        "true, true, 100, 2101, EXPIRED",
        "false, true, 0, 0,",
        "false, true, 0, 2001, EXPIRED",
        "true, false, 0, 9999,",
        "true, false, 0, 999, NOT_YET_VALID",
        "false, false, 0, 0,",
        "false, false, 0, 9999,",
        "true, true, 3600000, 9223372036854775807, EXPIRED",
        "true, true, 3600000, -9223372036854775808, NOT_YET_VALID",
        "false, true, 3600000, 9223372036854775807, EXPIRED",
        "true, false, 3600000, -9223372036854775808, NOT_YET_VALID",
    })
    @DisplayName("both ends are inclusive (RFC 5280 section 4.1.2.5, rows 102 to 105)")
    void checksBothEnds(boolean notBefore, boolean notAfter, long skew, long now, Reason expected) {
        ValidityDates dates = new ValidityDates(notBefore, notAfter, Duration.ofMillis(skew));

        assertThat(dates.check(1000, 2000, now)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "a period that ends before it starts is never valid: at {0}")
    @CsvSource({"0", "1500", "3000"})
    void refusesReversedPeriod(long now) {
        assertThat(new ValidityDates(true, true, Duration.ZERO).check(2000, 1000, now))
                .isNotNull();
    }
}
