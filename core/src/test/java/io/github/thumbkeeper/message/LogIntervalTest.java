/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LogIntervalTest {

    private static final Instant START = Instant.parse("2026-06-01T12:00:00Z");

    @Test
    void allowsTheFirstLineAndThenOneEachInterval() {
        LogInterval hourly = new LogInterval(LogInterval.HOUR);

        assertThat(hourly.isDue(START)).isTrue();
        assertThat(hourly.isDue(START)).isFalse();
        assertThat(hourly.isDue(START.plus(LogInterval.HOUR).minusMillis(1))).isFalse();
        assertThat(hourly.isDue(START.plus(LogInterval.HOUR))).isTrue();
        assertThat(hourly.isDue(START.plus(LogInterval.HOUR))).isFalse();
    }

    @Test
    void waitsForTheEndOfAnIntervalThatHasStarted() {
        LogInterval daily = new LogInterval(Duration.ofDays(1), START);

        assertThat(daily.isDue(START)).isFalse();
        assertThat(daily.isDue(START.plus(Duration.ofDays(1)))).isTrue();
    }

    @Test
    @DisplayName("a clock set back does not suppress lines until it has caught up (row 155)")
    void allowsALineAfterTheClockWasSetBack() {
        LogInterval hourly = new LogInterval(LogInterval.HOUR);

        assertThat(hourly.isDue(START)).isTrue();
        assertThat(hourly.isDue(Instant.EPOCH)).isTrue();
        assertThat(hourly.isDue(Instant.EPOCH)).isFalse();
    }

    @Test
    void allowsOneOfManyThreads() {
        LogInterval hourly = new LogInterval(LogInterval.HOUR);

        assertThat(IntStream.range(0, 10_000)
                        .parallel()
                        .filter(i -> hourly.isDue(START))
                        .count())
                .isEqualTo(1);
    }
}
