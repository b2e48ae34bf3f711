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
 * Cache of answers from remote services. Several threads that need the same answer wait for one request, and an answer is
 * cached for as long as it is valid.
 *
 * <p>Thread-safe.
 */
final class SingleFlightCache<K, V> {

    private final ConcurrentHashMap<K, Flight<V>> flights = new ConcurrentHashMap<>();
    private final Bulkhead bulkhead;
    private final int most;
    private final Predicate<V> lasting;
    private final Predicate<V> repeatable;

    /**
     * Answer of a remote service.
     *
     * @param until the time at which to ask again
     */
    record Answer<V>(V value, Instant until) {}

    /** Result of a look-up. */
    sealed interface Found<V> {

        /** There is an answer, from the cache or from the service. */
        record Value<V>(V value) implements Found<V> {}

        /**
         * There is no answer in time.
         *
         * @param busy whether nothing was asked, because too many threads are waiting already
         */
        record Missing<V>(boolean busy) implements Found<V> {}
    }

    /** Request to a remote service. Its future always completes with an answer, unless there is a defect. */
    @FunctionalInterface
    interface Question<V> {
        /**
         * Sends the request, without waiting.
         *
         * @param before the previous answer, or null
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
     * Creates an empty cache.
     *
     * @param most the number of answers above which old ones are removed
     * @param bulkhead limits the threads that wait
     * @param lasting which answers are removed last, even when they are outdated
     * @param repeatable which outdated answers other threads get while one thread asks again
     */
    SingleFlightCache(int most, Bulkhead bulkhead, Predicate<V> lasting, Predicate<V> repeatable) {
        this.most = most;
        this.bulkhead = bulkhead;
        this.lasting = lasting;
        this.repeatable = repeatable;
    }

    /**
     * Returns the answer, from the cache or from the service.
     *
     * @param host the host that is asked
     * @param nanos how long to wait, in nanoseconds
     * @param question asked at most once at a time for the same key
     */
    Found<V> get(K key, String host, Instant now, long nanos, Question<V> question) {
        Flight<V> known = flights.get(key);
        V cached = known == null || known.isOver(now) ? null : known.value();
        if (known != null && cached != null && (known.hasLanded() || repeatable.test(cached))) {
            return new Found.Value<>(cached);
        }
        if (nanos <= 0) {
            return new Found.Missing<>(false);
        }
        if (!bulkhead.enter(host)) {
            return new Found.Missing<>(true);
        }
        try {
            return await(key, now, nanos, question);
        } finally {
            bulkhead.leave(host);
        }
    }

    private Found<V> await(K key, Instant now, long nanos, Question<V> question) {
        makeRoom(now);
        Flight<V> flight = flights.compute(key, (same, before) -> {
            if (before != null && !before.isOver(now)) {
                return before;
            }
            V last = before == null ? null : before.value();
            return new Flight<>(question.ask(last), last);
        });
        try {
            return new Found.Value<>(
                    flight.answer().get(nanos, TimeUnit.NANOSECONDS).value());
        } catch (TimeoutException e) {
            return new Found.Missing<>(false);
        } catch (ExecutionException e) {
            // There was an answer, and evaluating it failed unexpectedly.
            throw new IllegalStateException("an answer could not be evaluated", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Found.Missing<>(false);
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
