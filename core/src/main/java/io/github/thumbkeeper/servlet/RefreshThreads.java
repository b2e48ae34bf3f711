/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.Reading;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The threads that an adapter lends its gate, so that changes in the stores take effect.
 *
 * <p>One thread keeps the time and reads nothing, so nothing holds it up. It gives each store that is due a thread of its own,
 * which ends with the reading. So a store that hangs delays no other store, and no pool of threads can run out. The thread that
 * keeps the time also sees when a reading takes too long, or when the thread that was asked for never runs.
 *
 * <p>Safe to share between threads.
 */
public final class RefreshThreads implements AutoCloseable {

    private static final Duration LEAST_LIMIT = Duration.ofSeconds(30);
    private static final Duration END = Duration.ofSeconds(2);

    private final System.Logger logger = System.getLogger(RefreshThreads.class.getName());
    private final Gate gate;
    private final ThreadFactory factory;
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor timer;

    /**
     * Starts to refresh a gate.
     *
     * @param interval how often, above zero
     * @param factory makes the threads that read; each must know what the stores need, such as names of the container
     */
    public RefreshThreads(Gate gate, Duration interval, ThreadFactory factory) {
        this(gate, interval, LEAST_LIMIT, factory);
    }

    RefreshThreads(Gate gate, Duration interval, Duration leastLimit, ThreadFactory factory) {
        Duration limit = interval.compareTo(leastLimit) < 0 ? leastLimit : interval;
        this.gate = gate;
        this.factory = factory;
        this.timer = new ScheduledThreadPoolExecutor(
                1, new DaemonThreads("thumbkeeper-refresh", RefreshThreads.class.getClassLoader()));
        repeat(this::readAll, interval);
        repeat(() -> gate.watch(limit), interval.compareTo(leastLimit) < 0 ? interval : leastLimit);
    }

    /**
     * Ends all threads. Nothing is taken over any more from here on; a thread that is still reading is interrupted, and waited for
     * for two seconds in all.
     */
    @Override
    public void close() {
        gate.stopRefreshing();
        timer.shutdownNow();
        long end = System.nanoTime() + END.toNanos();
        try {
            timer.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS);
            readers.forEach(Thread::interrupt);
            for (Thread reader : readers) {
                TimeUnit.NANOSECONDS.timedJoin(reader, end - System.nanoTime());
            }
        } catch (InterruptedException e) {
            readers.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
        readers.forEach(this::abandon);
    }

    /** A task that throws is not lost: the timer would never call it again. */
    private void repeat(Runnable task, Duration interval) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (Throwable e) {
                // It has logged what it could, and the next call tries again.
            }
        };
        Future<?> unused =
                timer.scheduleWithFixedDelay(guarded, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void readAll() {
        for (Reading reading : gate.readings()) {
            if (reading.begin()) {
                start(reading);
            }
        }
    }

    /** Whatever keeps a thread from starting, the other stores are read, and this one is tried again. */
    private void start(Reading reading) {
        Thread thread = null;
        try {
            thread = thread(reading);
            readers.add(thread);
            thread.start();
        } catch (Throwable e) {
            if (thread != null) {
                readers.remove(thread);
            }
            reading.fail(e);
        }
    }

    private Thread thread(Reading reading) {
        @Nullable Thread thread = factory.newThread(() -> read(reading));
        if (thread == null) {
            throw new RejectedExecutionException("there is no thread to read with");
        }
        thread.setDaemon(true);
        thread.setName("thumbkeeper-read [" + reading.location() + "]");
        return thread;
    }

    private void read(Reading reading) {
        try {
            reading.run();
        } finally {
            readers.remove(Thread.currentThread());
        }
    }

    /** A driver may ignore the interruption; until it returns, its thread keeps only what is on its stack. */
    private void abandon(Thread reader) {
        if (reader.isAlive()) {
            reader.setContextClassLoader(null);
            logger.log(
                    Level.ERROR,
                    "TK-312 thread [" + reader.getName() + "] does not end although the gate has ended and has"
                            + " interrupted it; until it does, it keeps in memory what it is executing");
        }
    }
}
