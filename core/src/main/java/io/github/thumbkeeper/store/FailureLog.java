/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.message.LogInterval;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Logs the problems of one store: when a problem begins, every hour while it lasts, and when it ends.
 *
 * <p>Not thread-safe: called under the lock of the gate.
 */
final class FailureLog {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+( [a-z]+)?");
    private static final int MOST_KINDS = 8;

    private final InstantSource clock;
    private final PendingLog log;
    private final SortedMap<String, Map<String, LogInterval>> reported = new TreeMap<>();

    /**
     * Problem of a store, or of a part of it such as a file.
     *
     * @param code the code of the log line
     * @param place the location of the store or part
     * @param text the log line without the code
     */
    record Problem(String code, String place, String text) {
        private String key() {
            return place + "\n" + code;
        }

        /** Returns the text without numbers and what they count: with another count or port it is still the same problem. */
        private String kind() {
            return NUMBER.matcher(text).replaceAll("#");
        }
    }

    FailureLog(InstantSource clock, PendingLog log) {
        this.clock = clock;
        this.log = log;
    }

    /** Logs problems that are new or were last logged an hour ago; earlier problems may still last. */
    void report(Collection<Problem> problems) {
        Instant now = clock.instant();
        for (Problem problem : problems) {
            Map<String, LogInterval> kinds = reported.computeIfAbsent(problem.key(), key -> new HashMap<>());
            kinds.values().removeIf(interval -> interval.isDue(now));
            // A problem whose text changes each time must not fill the log.
            if (kinds.size() < MOST_KINDS
                    && kinds.putIfAbsent(problem.kind(), new LogInterval(LogInterval.HOUR, now)) == null) {
                log.add(Level.ERROR, problem.code() + " " + problem.text());
            }
        }
    }

    /** Logs all present problems, and that every other problem has ended. */
    void reportAll(Collection<Problem> problems, String outcome) {
        Set<String> ended = new TreeSet<>(reported.keySet());
        problems.forEach(problem -> ended.remove(problem.key()));
        reported.keySet().removeAll(ended);
        ended.stream()
                .map(key -> key.substring(0, key.indexOf('\n')))
                .distinct()
                .forEach(place -> log.add(Level.INFO, "TK-304 store [" + place + "] recovered: " + outcome));
        report(problems);
    }
}
