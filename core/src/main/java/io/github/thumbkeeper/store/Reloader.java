/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.message.Counted;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.FailureLog.Problem;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads one {@link Loader} repeatedly, keeps its last good value, and logs its failures.
 *
 * <p>One round, from top to bottom of this file:
 *
 * <ol>
 *   <li>{@link #tryBegin} takes the turn. There is one turn, so a second reading does not start while the first is running.
 *   <li>{@link #read} asks the loader and checks the answer. It may hang, so its thread holds no lock.
 *   <li>The step that {@code read} returns takes the value over, or records the failure. It is short.
 *   <li>{@link #end} gives the turn back.
 * </ol>
 *
 * <p>{@link #noteOverrun} watches a turn that does not end.
 *
 * <p>Locking: only the thread that has the turn calls {@code read}. The step, {@code end}, {@link #fail} and {@code noteOverrun}
 * change state: they are called under one lock of the gate, which no thread holds while it reads. All methods that only return
 * something are thread-safe. Log lines go to a {@link PendingLog}, because a log handler may hang too.
 *
 * @param <V> what is read; immutable
 * @see Loader
 */
public final class Reloader<V> {

    private final Loader<V> loader;
    private final ReloadChecks<V> checks;
    private final InstantSource clock;
    private final LongSupplier ticker;
    private final PendingLog log;
    private final FailureLog failures;
    private final Semaphore turn = new Semaphore(1);

    private volatile State<V> state = new NeverRead<>();
    private volatile boolean reading;
    private volatile long begun;
    private volatile long readAt;
    private volatile @Nullable Duration lasted;
    private volatile boolean failing;

    /** What the loader has given so far. */
    private sealed interface State<V> permits NeverRead, LastGood {}

    private record NeverRead<V>() implements State<V> {}

    /**
     * The value in force.
     *
     * @param given the loader's last result, by which it notices a change
     * @param checked what the checks made of it
     * @param inForce the same as {@code checked}, except while the checks refuse to replace an earlier value
     * @param since when this value came into force, for the log
     */
    private record LastGood<V>(Loaded<V> given, Loaded<V> checked, Loaded<V> inForce, Instant since)
            implements State<V> {}

    /**
     * A successful reading that has not been taken over yet.
     *
     * @param changes how the value differs from the one in force, for the log; null if it does not, or if it is the first one
     */
    private record Reading<V>(
            Loaded<V> given, Loaded<V> checked, @Nullable String changes, long startedAt) {}

    /** Checks whether the first value may come into force. */
    @FunctionalInterface
    public interface Admission<T> {
        /** Returns why the items cannot be used at start-up, or null if they can. */
        @Nullable
        String objection(List<T> items);
    }

    Reloader(Loader<V> loader, ReloadChecks<V> checks, PendingLog log, InstantSource clock, LongSupplier ticker) {
        this.loader = loader;
        this.checks = checks;
        this.log = log;
        this.clock = clock;
        this.ticker = ticker;
        this.failures = new FailureLog(clock, log);
    }

    /**
     * Returns a reloader of a plain list of items; nothing is read yet.
     *
     * @param noun what log lines call the items, such as {@code rules}
     * @param admission what must hold at start-up; a later value comes into force in any case
     * @param clock gives the times for the log
     * @param ticker a monotonic clock, such as {@link System#nanoTime}
     */
    public static <T> Reloader<List<T>> ofItems(
            Loader<List<T>> loader,
            String noun,
            Admission<T> admission,
            PendingLog log,
            InstantSource clock,
            LongSupplier ticker) {
        return new Reloader<>(loader, new ItemChecks<>(loader.location(), noun, admission), log, clock, ticker);
    }

    /** Reads it for the first time, on the caller's thread. */
    void open() throws StoreException {
        takeOver(load());
    }

    /**
     * Reads it for the first time, on the caller's thread.
     *
     * @param startWithout whether a failure that a later attempt may repair is only logged
     * @throws StoreException if it cannot be read completely
     */
    public void open(boolean startWithout) throws StoreException {
        try {
            open();
        } catch (StoreException e) {
            if (!startWithout || e.isMisconfigured()) {
                throw e;
            }
            fail(e);
        }
    }

    /** Takes the turn to read, or returns false if another thread has it. */
    public boolean tryBegin() {
        boolean free = turn.tryAcquire();
        if (free) {
            startTurn();
        }
        return free;
    }

    /**
     * Takes the turn to read; waits while another thread has it.
     *
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public void begin() throws InterruptedException {
        turn.acquire();
        startTurn();
    }

    private void startTurn() {
        begun = ticker.getAsLong();
        reading = true;
    }

    /**
     * Reads it, which may take long; for the thread that has the turn. Never throws.
     *
     * @return the short step that takes the value over, or records the failure
     */
    public Runnable read() {
        try {
            Reading<V> now = load();
            return () -> takeOver(now);
        } catch (StoreException e) {
            return () -> fail(e);
        }
    }

    /** Gives the turn back, after a reading was taken over or could not start. */
    public void end() {
        lasted = Duration.ofNanos(ticker.getAsLong() - begun);
        reading = false;
        turn.release();
    }

    /** Asks the loader. An unforeseen failure, even an Error, is a failure like any other: the last good value stays. */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    private Reading<V> load() throws StoreException {
        try {
            long startedAt = ticker.getAsLong();
            if (state instanceof LastGood<V> last) {
                Loaded<V> given = Objects.requireNonNull(loader.load(last.given));
                Loaded<V> checked = given == last.given ? last.checked : checks.check(given, last.inForce.value());
                return new Reading<>(
                        given, checked, checked == last.inForce ? null : changes(last, checked), startedAt);
            }
            Loaded<V> given = Objects.requireNonNull(loader.load(null));
            return new Reading<>(given, checks.check(given, null), null, startedAt);
        } catch (StoreException e) {
            throw e;
        } catch (Throwable e) {
            // Its text may repeat what was read.
            throw new StoreException(
                    location(), "could not be read: " + e.getClass().getName(), e);
        }
    }

    /** Compares two values for the log; a comparison that fails must not keep the new value out of force. */
    private @Nullable String changes(LastGood<V> last, Loaded<V> now) {
        try {
            return checks.changes(last.inForce.value(), now.value());
        } catch (Throwable e) {
            return "its changes could not be compared: " + e.getClass().getName();
        }
    }

    /** Swaps the value, unless the checks object, and records the problems of its parts. */
    private void takeOver(Reading<V> now) {
        List<Problem> problems = new ArrayList<>();
        if (state instanceof LastGood<V> last) {
            replace(last, now, problems);
        } else {
            putInForce(now, clock.instant());
        }
        now.checked.failures().forEach(part -> problems.add(problem(part)));
        failing = !problems.isEmpty();
        if (!failing) {
            // If a part failed or the value was refused, the last complete reading is an earlier one.
            readAt = now.startedAt;
        }
        failures.reportAll(problems, "[" + location() + "] has " + sizeAndNoun());
    }

    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    private void replace(LastGood<V> last, Reading<V> now, List<Problem> problems) {
        String objection = checks.objection(last.inForce.value(), now.checked.value());
        if (objection != null) {
            state = new LastGood<>(now.given, now.checked, last.inForce, last.since);
            problems.add(new Problem(
                    "TK-308",
                    location(),
                    "store [" + location() + "] " + objection + "; " + kept()
                            + "; restart the gate to accept the new list"));
        } else if (now.checked == last.inForce) {
            state = new LastGood<>(now.given, now.checked, last.inForce, last.since);
        } else {
            putInForce(now, clock.instant());
        }
    }

    private void putInForce(Reading<V> now, Instant time) {
        Set<String> known = state instanceof LastGood<V> last ? new HashSet<>(last.inForce.warnings()) : Set.of();
        state = new LastGood<>(now.given, now.checked, now.checked, time.truncatedTo(ChronoUnit.SECONDS));
        if (now.changes != null) {
            log.add(Level.INFO, "TK-340 store [" + location() + "] changed: " + now.changes);
        }
        checks.errors(now.checked.value()).forEach(error -> log.add(Level.ERROR, error));
        now.checked.warnings().stream()
                .filter(warning -> !known.contains(warning))
                .forEach(this::remark);
        checks.warnings(now.checked.value(), time).forEach(this::remark);
    }

    /** Records and logs that there is no thread to read it on. */
    public void fail(Throwable failure) {
        fail(new StoreException(location(), "could not be read: " + SafeText.text(failure.toString()), failure));
    }

    void fail(StoreException failure) {
        failing = true;
        failures.report(List.of(problem(failure)));
    }

    private Problem problem(StoreException failure) {
        return new Problem("TK-301", failure.store(), failure.getMessage() + "; " + kept());
    }

    /**
     * Records and logs a reading that takes longer than this, or a turn whose thread never started to read. The last good value
     * grows old meanwhile. The log line is repeated every hour.
     */
    public void noteOverrun(Duration limit) {
        if (!reading) {
            return;
        }
        Duration lasting = Duration.ofNanos(ticker.getAsLong() - begun);
        if (lasting.compareTo(limit) >= 0) {
            failing = true;
            failures.report(List.of(new Problem(
                    "TK-312",
                    location(),
                    "store [" + location() + "] has been read for " + lasting.toSeconds()
                            + " s without an end, expected at most " + limit.toSeconds() + " s; "
                            + kept())));
        }
    }

    /** Logs a warning about the value. A warning about a part, such as a file of a directory, names the part itself. */
    public void remark(String warning) {
        String subject = warning.startsWith("store [") ? "" : "store [" + location() + "] ";
        log.add(Level.WARNING, "TK-306 " + subject + warning);
    }

    /** Returns the location as written in the settings. */
    public String location() {
        return loader.location();
    }

    /** Returns whether the value can never change and so is read only once. */
    public boolean isFixed() {
        return loader.isFixed();
    }

    /** Returns the value in force, the same object until it changes; empty if it was never read. */
    public Optional<V> value() {
        return state instanceof LastGood<V> last ? Optional.of(last.inForce.value()) : Optional.empty();
    }

    /** Returns when the last complete reading began whose value was taken over, on the ticker. */
    public long readAt() {
        return readAt;
    }

    /** Returns its state, for monitoring. */
    public StoreState state() {
        return new StoreState(location(), size(), state instanceof LastGood<V> ? age() : null, failing, lasted);
    }

    private Duration age() {
        return isFixed() ? Duration.ZERO : Duration.ofNanos(ticker.getAsLong() - readAt);
    }

    /** Returns the location, size and time of the value, for the log. */
    public String summary() {
        return "[" + location() + "] "
                + (state instanceof LastGood<V> last ? sizeAndNoun() + " loaded " + last.since : "not read yet");
    }

    /** Returns the part of a log line that names what stays in force. */
    private String kept() {
        return state instanceof LastGood<V> last
                ? "keeping " + sizeAndNoun() + " from " + last.since
                : "it has never been read";
    }

    private String sizeAndNoun() {
        return Counted.of(size(), checks.noun());
    }

    private int size() {
        return state instanceof LastGood<V> last ? checks.size(last.inForce.value()) : 0;
    }
}
