/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A small thread pool that a front end provides to its gate, for OCSP responses and CRLs. Idle threads end.
 *
 * <p>Thread-safe.
 */
public final class WorkerThreads implements Executor, AutoCloseable {

    /** A host name lookup may block a thread for many seconds. */
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

    /** Runs a task soon; throws {@link java.util.concurrent.RejectedExecutionException} if the queue is full or the pool is closed. */
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
