/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.Gate;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a gate fresh: on the container's own scheduler, whose threads know the application's names (Jakarta Concurrency
 * section 3.2), or where there is none on one daemon thread that inherits the application's class loader.
 */
final class RefreshTask {

    private static final String MANAGED = "java:comp/DefaultManagedScheduledExecutorService";

    private final @Nullable ScheduledExecutorService own;
    private final ScheduledFuture<?> task;

    private RefreshTask(
            ScheduledExecutorService executor, @Nullable ScheduledExecutorService own, Gate gate, Duration interval) {
        this.own = own;
        this.task = executor.scheduleWithFixedDelay(
                gate::refresh, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    static @Nullable RefreshTask start(Gate gate, Duration interval) {
        if (interval.isZero()) {
            return null;
        }
        ScheduledExecutorService managed = managed();
        if (managed != null) {
            return new RefreshTask(managed, null, gate, interval);
        }
        ScheduledExecutorService own = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "thumbkeeper-refresh");
            thread.setDaemon(true);
            return thread;
        });
        return new RefreshTask(own, own, gate, interval);
    }

    /** Ends the task and the thread, if it is ours; waits a little for it, so that nothing of the application stays. */
    void stop() {
        task.cancel(true);
        if (own == null) {
            return;
        }
        own.shutdownNow();
        try {
            own.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("BanJNDI") // the name is a constant
    private static @Nullable ScheduledExecutorService managed() {
        try {
            return new InitialContext().lookup(MANAGED) instanceof ScheduledExecutorService executor ? executor : null;
        } catch (NamingException | RuntimeException e) {
            return null;
        }
    }
}
