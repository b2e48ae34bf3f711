/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The few threads that an adapter lends its gate, for the answers of responders. There are none while nobody asks.
 *
 * <p>Safe to share between threads.
 */
public final class WorkerThreads implements Executor, AutoCloseable {

    /** Looking up a name can hold one for many seconds. */
    private static final int MOST = 16;

    private static final int MOST_QUEUED = 256;

    private final ThreadPoolExecutor threads;

    /** Makes the pool; no thread is started yet. */
    public WorkerThreads() {
        threads = new ThreadPoolExecutor(
                MOST,
                MOST,
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_QUEUED),
                new DaemonThreads("thumbkeeper-worker", WorkerThreads.class.getClassLoader()));
        threads.allowCoreThreadTimeOut(true);
    }

    /** Runs a task soon; throws {@link java.util.concurrent.RejectedExecutionException} if there is too much to do, or at the end. */
    @Override
    public void execute(Runnable task) {
        threads.execute(task);
    }

    /** Ends the threads. */
    @Override
    public void close() {
        threads.shutdownNow();
    }
}
