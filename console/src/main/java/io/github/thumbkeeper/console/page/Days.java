/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import io.github.thumbkeeper.console.web.HttpProblem;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Days of forms, in UTC: an entry is in force from the start of its first day to the end of its last day. Thread-safe. */
public final class Days {

    private Days() {}

    /** Returns the start of a first day; null for an empty text. */
    static @Nullable Instant start(String day) throws HttpProblem {
        LocalDate date = parse(day);
        return date == null ? null : date.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /** Returns the end of a last day; null for an empty text. */
    static @Nullable Instant end(String day) throws HttpProblem {
        LocalDate date = parse(day);
        return date == null
                ? null
                : date.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static @Nullable LocalDate parse(String day) throws HttpProblem {
        try {
            return day.isEmpty() ? null : LocalDate.parse(day);
        } catch (DateTimeException e) {
            throw new HttpProblem(400, "badDay", List.of());
        }
    }

    /** Returns the first day of a start, for a form. */
    public static String first(@Nullable Instant from) {
        return from == null ? "" : LocalDate.ofInstant(from, ZoneOffset.UTC).toString();
    }

    /** Returns the last day of an end, for a form. */
    public static String last(@Nullable Instant until) {
        return until == null
                ? ""
                : LocalDate.ofInstant(until.minusNanos(1), ZoneOffset.UTC).toString();
    }
}
