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
 * Threads that a front end provides to its gate to read the stores repeatedly.
 *
 * <p>The timer thread reads nothing, so no store can block it. At each interval it starts one thread for each store, which ends
 * with the reading. A store that hangs delays no other store, and there is no pool that could be exhausted. The timer thread also
 * reports a reading that takes too long, and a thread that never runs.
 *
 * <p>Thread-safe.
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
     * @param factory makes the threads that read; they must be able to look up the container's names
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
     * Ends all threads. No result is taken over from now on. Threads that are still reading are interrupted; waits up to two seconds
     * for them.
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

    /** Guards the task, because the timer never calls a task again that threw an exception. */
    private void repeat(Runnable task, Duration interval) {
        Runnable guarded = () -> {
            try {
                task.run();
            } catch (Throwable e) {
                // The next call tries again; a store whose turn did not end is reported as overrunning.
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

    /** If the thread cannot be started, the other stores are read all the same, and the next interval tries this one again. */
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

    /** A driver may ignore the interruption. Until it returns, its thread keeps in memory no more than what is on its stack. */
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
