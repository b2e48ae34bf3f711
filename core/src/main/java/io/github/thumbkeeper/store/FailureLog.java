/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.lang.System.Logger.Level;
import java.time.Duration;
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
 * What is wrong with one store, reported to the log when it begins, every hour while it lasts, and when it ends.
 *
 * <p>Used by one thread at a time.
 */
final class FailureLog {

    private static final Duration REMINDER = Duration.ofHours(1);
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");
    private static final int MOST_KINDS = 8;

    private final InstantSource clock;
    private final PendingLog log;
    private final SortedMap<String, Map<String, Instant>> reported = new TreeMap<>();

    /**
     * One thing that is wrong.
     *
     * @param code the code of its log line
     * @param place the store, or the part of it, that it is about
     * @param text what is wrong
     */
    record Problem(String code, String place, String text) {
        private String key() {
            return place + "\n" + code;
        }

        /** A text that differs in a number only, a count or a port, is still the same problem. */
        private String kind() {
            return DIGITS.matcher(text).replaceAll("#");
        }
    }

    FailureLog(InstantSource clock, PendingLog log) {
        this.clock = clock;
        this.log = log;
    }

    /** Takes what is wrong now; whatever else was wrong may still be so. */
    void report(Collection<Problem> problems) {
        Instant now = clock.instant();
        for (Problem problem : problems) {
            Map<String, Instant> kinds = reported.computeIfAbsent(problem.key(), key -> new HashMap<>());
            kinds.values().removeIf(last -> Duration.between(last, now).abs().compareTo(REMINDER) >= 0);
            // A place whose text keeps changing all the same must not fill the log.
            if (kinds.size() < MOST_KINDS && kinds.putIfAbsent(problem.kind(), now) == null) {
                log.add(Level.ERROR, problem.code() + " " + problem.text());
            }
        }
    }

    /** Takes all that is wrong now: whatever else was wrong has ended. */
    void reportAll(Collection<Problem> problems, String outcome) {
        Set<String> ended = new TreeSet<>(reported.keySet());
        problems.forEach(problem -> ended.remove(problem.key()));
        reported.keySet().removeAll(ended);
        ended.stream()
                .map(key -> key.substring(0, key.indexOf('\n')))
                .distinct()
                .forEach(place ->
                        log.add(Level.INFO, "TK-304 store [" + place + "] is no longer in the way: " + outcome));
        report(problems);
    }
}
