/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.FailureLog.Trouble;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * A store, or another file of a gate, that is read repeatedly in two steps: reading, which may hang, and taking over, which
 * does not.
 *
 * <p>Locking: only the thread that has the turn ({@link #tryBegin}, {@link #begin}) calls {@link #read}. There is one turn, so a
 * second reading does not start while the first is running. The step that {@code read} returns, {@link #end}, {@link #fail} and
 * {@link #noteOverrun} change state: they are called under one lock of the gate, which no thread holds while it reads.
 * {@link #location}, {@link #isFixed}, {@link #readAt} and {@link #state} are thread-safe.
 */
public abstract sealed class Refreshable permits WatchedStore, Reloader {

    final InstantSource clock;
    final LongSupplier ticker;
    private final FailureLog troubles;
    private final Semaphore turn = new Semaphore(1);
    private volatile boolean reading;
    private volatile long begun;
    private volatile long readAt;
    private volatile boolean failing;

    Refreshable(InstantSource clock, LongSupplier ticker, StoreLog log) {
        this.clock = clock;
        this.ticker = ticker;
        this.troubles = new FailureLog(clock, log);
    }

    /** Returns the location as written in the settings. */
    public abstract String location();

    /** Returns its state, for monitoring. */
    public abstract StoreState state();

    /** Returns whether it can never change and so is never read again. */
    public boolean isFixed() {
        return false;
    }

    /** Takes the turn to read, or returns false if another thread has it. */
    public final boolean tryBegin() {
        boolean free = turn.tryAcquire();
        if (free) {
            turnBegins();
        }
        return free;
    }

    /**
     * Takes the turn to read; waits while another thread has it.
     *
     * @throws InterruptedException if the thread is interrupted meanwhile
     */
    public final void begin() throws InterruptedException {
        turn.acquire();
        turnBegins();
    }

    /**
     * Reads it, which may take long; for the thread that has the turn. Never throws.
     *
     * @return the short step that puts into force what was read, or records the failure
     */
    public final Runnable read() {
        try {
            return readOnce();
        } catch (StoreException e) {
            return () -> fail(e);
        } catch (Throwable e) {
            // Its text may repeat what was read.
            return () -> fail(new StoreException(
                    location(), "could not be read: " + e.getClass().getName(), e));
        }
    }

    /** Gives the turn back: after a reading was taken over, or if there was none. */
    public final void end() {
        reading = false;
        turn.release();
    }

    /** Records and logs that there is no thread to read it on. */
    public final void fail(Throwable failure) {
        fail(new StoreException(location(), "could not be read: " + SafeText.text(failure.toString()), failure));
    }

    /**
     * Records and logs a reading that takes longer than this, or a turn whose thread never started to read. What was read before
     * grows old meanwhile. The log line is repeated every hour.
     */
    public final void noteOverrun(Duration limit) {
        if (!reading) {
            return;
        }
        Duration lasting = Duration.ofNanos(ticker.getAsLong() - begun);
        if (lasting.compareTo(limit) >= 0) {
            failing = true;
            troubles.tell(List.of(new Trouble(
                    "TK-312",
                    location(),
                    "store [" + location() + "] has been read for " + lasting.toSeconds()
                            + " s without an end, expected at most " + limit.toSeconds() + " s; "
                            + kept())));
        }
    }

    /** Returns when the last complete reading began whose contents were taken over, on the ticker. */
    public final long readAt() {
        return readAt;
    }

    /** Reads it once on the caller's thread. */
    final void refresh() {
        read().run();
    }

    private void turnBegins() {
        begun = ticker.getAsLong();
        reading = true;
    }

    /** Reads it, and returns what puts into force what was read. */
    abstract Runnable readOnce() throws StoreException;

    /** Returns the part of a log line that names what stays in force while it cannot be read. */
    abstract String kept();

    final void fail(StoreException problem) {
        failing = true;
        troubles.tell(List.of(trouble(problem)));
    }

    /** Records the problems of a reading that was taken over; without any, it was complete, and its age counts from its start. */
    final void taken(long startedAt, Collection<Trouble> wrong, String outcome) {
        failing = !wrong.isEmpty();
        if (!failing) {
            readAt = startedAt;
        }
        troubles.tellAll(wrong, outcome);
    }

    final Trouble trouble(StoreException problem) {
        return new Trouble("TK-301", problem.store(), problem.getMessage() + "; " + kept());
    }

    final boolean isFailing() {
        return failing;
    }
}
