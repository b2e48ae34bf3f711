/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Answers from elsewhere: each is asked for once at a time, whoever waits for it, and remembered for as long as it holds.
 *
 * <p>Safe to share between threads.
 */
final class SingleFlightCache<K, V> {

    private final ConcurrentHashMap<K, Flight<V>> flights = new ConcurrentHashMap<>();
    private final Bulkhead room;
    private final int most;
    private final Predicate<V> lasting;
    private final Predicate<V> repeatable;

    /**
     * An answer.
     *
     * @param until when it is to be asked for again
     */
    record Answer<V>(V value, Instant until) {}

    /**
     * What came of asking.
     *
     * @param value the answer, or null if there is none
     * @param busy whether there is none because too many wait already
     */
    record Found<V>(@Nullable V value, boolean busy) {}

    /** Asks; what it returns always ends with an answer, but for a defect. */
    @FunctionalInterface
    interface Question<V> {
        /**
         * Asks, and does not wait.
         *
         * @param before what was answered last, or null
         */
        CompletableFuture<Answer<V>> ask(@Nullable V before);
    }

    private record Flight<V>(
            CompletableFuture<Answer<V>> answer, @Nullable V before) {
        boolean hasLanded() {
            return answer.isDone();
        }

        boolean isOver(Instant now) {
            return answer.isDone()
                    && (answer.isCompletedExceptionally()
                            || !now.isBefore(answer.join().until()));
        }

        @Nullable
        V value() {
            return answer.isDone() && !answer.isCompletedExceptionally()
                    ? answer.join().value()
                    : before;
        }
    }

    /**
     * Makes an empty memory.
     *
     * @param most how much is remembered
     * @param room where threads wait
     * @param lasting answers that are given up last, even when they are to be asked for again
     * @param repeatable answers that are given to others while one asks again
     */
    SingleFlightCache(int most, Bulkhead room, Predicate<V> lasting, Predicate<V> repeatable) {
        this.most = most;
        this.room = room;
        this.lasting = lasting;
        this.repeatable = repeatable;
    }

    /**
     * Returns the answer, from memory or from elsewhere.
     *
     * @param host who is asked
     * @param nanos for how long to wait
     * @param question asked at most once at a time for the same key
     */
    Found<V> get(K key, String host, Instant now, long nanos, Question<V> question) {
        Flight<V> known = flights.get(key);
        V told = known == null || known.isOver(now) ? null : known.value();
        if (known != null && told != null && (known.hasLanded() || repeatable.test(told))) {
            return new Found<>(told, false);
        }
        if (nanos <= 0) {
            return new Found<>(null, false);
        }
        if (!room.enter(host)) {
            return new Found<>(null, true);
        }
        try {
            return new Found<>(await(key, now, nanos, question), false);
        } finally {
            room.leave(host);
        }
    }

    private @Nullable V await(K key, Instant now, long nanos, Question<V> question) {
        makeRoom(now);
        Flight<V> flight = flights.compute(key, (same, before) -> {
            if (before != null && !before.isOver(now)) {
                return before;
            }
            V told = before == null ? null : before.value();
            return new Flight<>(question.ask(told), told);
        });
        try {
            return flight.answer().get(nanos, TimeUnit.NANOSECONDS).value();
        } catch (TimeoutException e) {
            return null;
        } catch (ExecutionException e) {
            // It was answered, and the answer was too much for whoever should judge it.
            throw new IllegalStateException("an answer could not be judged", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private void makeRoom(Instant now) {
        removeIfFull(flight -> flight.isOver(now) && !isLasting(flight));
        removeIfFull(flight -> flight.hasLanded() && !isLasting(flight));
        removeIfFull(Flight::hasLanded);
    }

    private void removeIfFull(Predicate<Flight<V>> which) {
        if (flights.size() >= most) {
            flights.values().removeIf(which);
        }
    }

    private boolean isLasting(Flight<V> flight) {
        V value = flight.value();
        return value != null && lasting.test(value);
    }
}
