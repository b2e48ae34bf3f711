/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.store.FailureLog.Trouble;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Loader} that is looked at again and again, what it held last, and the log of what happens to it.
 *
 * <p>{@link Refreshable} says which thread may call what.
 *
 * @param <T> what it holds; immutable
 */
public final class Reloader<T> extends Refreshable {

    private final Loader<T> material;
    private final Admission<T> admission;
    private final StoreLog log;
    private volatile @Nullable Loaded<T> held;
    private volatile Instant loaded = Instant.EPOCH;

    /** Says whether what was read at the start may come into force. */
    @FunctionalInterface
    public interface Admission<T> {
        /**
         * Looks at what was read.
         *
         * @return why it does not do, or null if it does
         */
        @Nullable
        String objection(List<T> items);
    }

    /**
     * Names a material; nothing is read yet.
     *
     * @param admission what must hold at the start; what is read later is obeyed
     * @param ticker nanoseconds that never run backwards
     */
    public Reloader(Loader<T> material, Admission<T> admission, InstantSource clock, LongSupplier ticker) {
        this(material, admission, clock, ticker, new StoreLog());
    }

    private Reloader(
            Loader<T> material, Admission<T> admission, InstantSource clock, LongSupplier ticker, StoreLog log) {
        super(clock, ticker, log);
        this.material = material;
        this.admission = admission;
        this.log = log;
    }

    /**
     * Reads it for the first time.
     *
     * @param startWithout whether to take note only of what a later attempt may mend
     * @throws StoreException if it cannot be read completely
     */
    public void open(boolean startWithout) throws StoreException {
        try {
            readOnce().run();
        } catch (StoreException e) {
            if (!startWithout || e.isMisconfigured()) {
                throw e;
            }
            fail(e);
        }
    }

    @Override
    public String location() {
        return material.location();
    }

    /** Returns what it held last, the same object until that changes; null if it was never read. Safe to call from any thread. */
    public @Nullable List<T> items() {
        Loaded<T> now = held;
        return now == null ? null : now.items();
    }

    @Override
    public StoreState state() {
        Duration age = held == null ? null : Duration.ofNanos(ticker.getAsLong() - readAt());
        return new StoreState(location(), size(), age, isFailing());
    }

    /**
     * Returns what there is, for the log. Safe to call from any thread.
     *
     * @param what what the items are, such as {@code rules}
     */
    public String summary(String what) {
        return "[" + location() + "] " + (held == null ? "not read yet" : size() + " " + what + " loaded " + loaded);
    }

    /** Writes a remark on what it holds into the log. */
    public void remark(String remark) {
        log.write(Level.WARNING, "TK-306 store [" + location() + "] " + remark);
    }

    private int size() {
        Loaded<T> now = held;
        return now == null ? 0 : now.items().size();
    }

    @Override
    Runnable readOnce() throws StoreException {
        long now = ticker.getAsLong();
        Loaded<T> before = held;
        Loaded<T> given = given(before);
        if (before == null) {
            requireUsable(given);
        }
        return () -> take(given, now);
    }

    private Loaded<T> given(@Nullable Loaded<T> before) throws StoreException {
        try {
            return material.read(before);
        } catch (RuntimeException | Error e) {
            throw new StoreException(
                    location(), "could not be read: " + e.getClass().getName(), e);
        }
    }

    private void requireUsable(Loaded<T> first) throws StoreException {
        if (!first.failures().isEmpty()) {
            throw StoreException.all(first.failures());
        }
        String objection = admission.objection(first.items());
        if (objection != null) {
            throw new StoreException(location(), objection, null);
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    private void take(Loaded<T> now, long startedAt) {
        if (now != held) {
            held = now;
            loaded = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            now.warnings().forEach(this::remark);
        }
        List<Trouble> wrong = now.failures().stream().map(this::trouble).toList();
        taken(startedAt, wrong, "[" + location() + "] holds " + size());
    }

    @Override
    String kept() {
        return held == null ? "it has never been read" : "keeping " + size() + " from " + loaded;
    }
}
