/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.Reading;
import io.github.thumbkeeper.message.LogTopic;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Threads that a front end provides to its gate to read the stores repeatedly.
 *
 * <p>The timer thread reads nothing and logs nothing, so no store and no log handler can block it. At each interval it starts one
 * thread for each store, which ends with the reading. A store that hangs delays no other store, and there is no pool that could be
 * exhausted. A second thread reports a reading that takes too long, and a thread that never runs.
 *
 * <p>Thread-safe.
 */
public final class RefreshThreads implements AutoCloseable {

    private static final Duration LEAST_LIMIT = Duration.ofSeconds(30);
    private static final long MOST_WAIT_SECONDS = 30;
    private static final Duration END = Duration.ofSeconds(2);

    private final System.Logger logger = LogTopic.STORE.logger();
    private final Gate gate;
    private final ThreadFactory factory;
    private final Set<Thread> readers = ConcurrentHashMap.newKeySet();
    /** The thread of each turn whose thread has not begun to read yet. */
    private final Map<Reading, Thread> waiting = new ConcurrentHashMap<>();

    /** Null if nothing is read periodically. */
    private final @Nullable Thread timer;

    private final @Nullable Thread watcher;
    private volatile boolean ended;

    /**
     * Starts to refresh a gate.
     *
     * @param interval how often; zero means only on {@link #readNow}
     * @param factory makes the threads that read; they must be able to look up the container's names
     */
    public RefreshThreads(Gate gate, Duration interval, ThreadFactory factory) {
        this(gate, interval, LEAST_LIMIT, factory);
    }

    RefreshThreads(Gate gate, Duration interval, Duration leastLimit, ThreadFactory factory) {
        Duration limit = interval.compareTo(leastLimit) < 0 ? leastLimit : interval;
        this.gate = gate;
        this.factory = factory;
        if (interval.isZero()) {
            this.timer = null;
            this.watcher = null;
            return;
        }
        this.timer = daemon("thumbkeeper-refresh", interval, this::readAll);
        Duration watching = interval.compareTo(leastLimit) < 0 ? interval : leastLimit;
        this.watcher = daemon("thumbkeeper-watch", watching, () -> gate.watch(limit));
        timer.start();
        watcher.start();
    }

    /**
     * Reads everything now, as at an interval, and waits for it, at most {@value #MOST_WAIT_SECONDS} seconds.
     *
     * @return whether everything has been read since this call began
     */
    public boolean readNow() {
        long end = System.nanoTime() + Duration.ofSeconds(MOST_WAIT_SECONDS).toNanos();
        try {
            // A reading under way may have begun before the change that the administrator wants to see.
            boolean allBegun = readAll();
            join(end);
            if (!allBegun) {
                allBegun = readAll();
                join(end);
            }
            return allBegun && readers.isEmpty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void join(long end) throws InterruptedException {
        for (Thread reader : readers) {
            TimeUnit.NANOSECONDS.timedJoin(reader, end - System.nanoTime());
        }
    }

    /**
     * Ends all threads. No result is taken over from now on. Threads that are still reading are interrupted; waits up to two seconds
     * for them.
     */
    @Override
    public void close() {
        gate.stopRefreshing();
        ended = true;
        long end = System.nanoTime() + END.toNanos();
        try {
            for (Thread own : own()) {
                own.interrupt();
            }
            for (Thread own : own()) {
                TimeUnit.NANOSECONDS.timedJoin(own, end - System.nanoTime());
            }
            readers.forEach(Thread::interrupt);
            join(end);
        } catch (InterruptedException e) {
            readers.forEach(Thread::interrupt);
            Thread.currentThread().interrupt();
        }
        readers.forEach(this::abandon);
    }

    private List<Thread> own() {
        return timer == null || watcher == null ? List.of() : List.of(timer, watcher);
    }

    /**
     * A loop of our own, with nothing outside its guard: if the thread of a JDK timer dies of an OutOfMemoryError, the timer never calls its
     * tasks again, and removed certificates would stay admitted in silence.
     */
    private void repeat(Duration interval, Runnable task) {
        while (!ended) {
            try {
                TimeUnit.NANOSECONDS.sleep(interval.toNanos());
                task.run();
            } catch (Throwable e) {
                // The next round tries again.
            }
        }
    }

    private Thread daemon(String name, Duration interval, Runnable task) {
        return new DaemonThreads(name, RefreshThreads.class.getClassLoader()).newThread(() -> repeat(interval, task));
    }

    /** Returns whether no reading was still under way. */
    private boolean readAll() {
        boolean allBegun = true;
        for (Reading reading : gate.readings()) {
            endIfItsThreadDied(reading);
            boolean begun = reading.begin();
            if (begun) {
                start(reading);
            }
            allBegun &= begun;
        }
        return allBegun;
    }

    /** A thread may die before it reads: for want of memory, or because the container does not let it look up names. */
    private void endIfItsThreadDied(Reading reading) {
        Thread thread = waiting.get(reading);
        if (thread != null && thread.getState() == Thread.State.TERMINATED && waiting.remove(reading, thread)) {
            readers.remove(thread);
            reading.fail(new IllegalThreadStateException("the thread ended before it read"));
        }
    }

    /** If the thread cannot be started, the other stores are read all the same, and the next interval tries this one again. */
    private void start(Reading reading) {
        Thread thread = null;
        try {
            thread = thread(reading);
            readers.add(thread);
            waiting.put(reading, thread);
            thread.start();
        } catch (Throwable e) {
            waiting.remove(reading);
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
        waiting.remove(reading);
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
                    gate.name()
                            .after("TK-312 thread [" + reader.getName()
                                    + "] does not end although the gate has ended and has"
                                    + " interrupted it; until it does, it keeps in memory what it is executing"));
        }
    }
}
