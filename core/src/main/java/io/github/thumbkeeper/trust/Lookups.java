/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers from elsewhere: each is asked for once at a time, whoever waits for it, and remembered for as long as it holds. No more
 * than a number of threads wait.
 *
 * <p>Safe to share between threads.
 */
final class Lookups<K, V> {

    private final ConcurrentHashMap<K, Flight<V>> flights = new ConcurrentHashMap<>();
    private final Semaphore waiting;
    private final int most;

    /**
     * An answer.
     *
     * @param until when it is to be asked for again
     */
    record Answer<V>(V value, Instant until) {}

    /**
     * Something that is being asked for, or that was.
     *
     * @param question can be cancelled
     * @param answer always ends with an answer, but for a defect
     */
    record Flight<V>(CompletableFuture<?> question, CompletableFuture<Answer<V>> answer) {
        boolean hasLanded() {
            return answer.isDone();
        }

        boolean isOver(Instant now) {
            return answer.isDone()
                    && (answer.isCompletedExceptionally()
                            || !now.isBefore(answer.join().until()));
        }
    }

    /**
     * Makes an empty memory.
     *
     * @param most how much is remembered
     * @param waiting lets so many threads wait
     */
    Lookups(int most, Semaphore waiting) {
        this.most = most;
        this.waiting = waiting;
    }

    /**
     * Returns the answer, from memory or from elsewhere.
     *
     * @param nanos for how long to wait
     * @param start asks; called at most once at a time for the same key
     * @return null if there is no answer in time, or if too many wait already
     */
    @Nullable
    V get(K key, Instant now, long nanos, Supplier<Flight<V>> start) {
        Flight<V> known = flights.get(key);
        if (known != null && known.hasLanded() && !known.isOver(now)) {
            return known.answer().join().value();
        }
        if (!waiting.tryAcquire()) {
            return null;
        }
        try {
            return await(key, now, nanos, start);
        } finally {
            waiting.release();
        }
    }

    private @Nullable V await(K key, Instant now, long nanos, Supplier<Flight<V>> start) {
        makeRoom(now);
        Flight<V>[] own = newSlot();
        Flight<V> flight = flights.compute(key, (same, before) -> {
            if (before != null && !before.isOver(now)) {
                return before;
            }
            own[0] = start.get();
            return own[0];
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
        } finally {
            // Whoever asked first has waited longest: nobody else will see an answer in time either.
            if (own[0] != null && !flight.answer().isDone()) {
                flight.question().cancel(true);
            }
        }
    }

    private void makeRoom(Instant now) {
        if (flights.size() >= most) {
            flights.values().removeIf(flight -> flight.isOver(now));
        }
        if (flights.size() >= most) {
            flights.values().removeIf(Flight::hasLanded);
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <V> Flight<V>[] newSlot() {
        return new Flight[1];
    }
}
