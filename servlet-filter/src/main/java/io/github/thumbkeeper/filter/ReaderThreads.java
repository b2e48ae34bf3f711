/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.servlet.DaemonThreads;
import java.util.concurrent.ThreadFactory;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The threads that read an application's stores: the container's own, which know the application's names (Jakarta Concurrency
 * section 3.4), or where there are none daemon threads with the application's class loader.
 *
 * <p>They come from the container's thread factory and not from one of its executors: a factory has no pool, which readings that
 * hang, or other tasks of the application, could exhaust.
 *
 * <p>Thread-safe.
 */
final class ReaderThreads implements ThreadFactory {

    private static final String MANAGED = "java:comp/DefaultManagedThreadFactory";

    private final @Nullable ThreadFactory managed;
    private final ThreadFactory own =
            new DaemonThreads("thumbkeeper-read", Thread.currentThread().getContextClassLoader());

    ReaderThreads(@Nullable ThreadFactory managed) {
        this.managed = managed;
    }

    /** Finds the container's factory; called while the application starts, on a thread that knows its names. */
    @SuppressWarnings("BanJNDI") // the name is a constant
    static ReaderThreads ofThisApplication() {
        try {
            return new ReaderThreads(
                    new InitialContext().lookup(MANAGED) instanceof ThreadFactory found ? found : null);
        } catch (NamingException | RuntimeException e) {
            return new ReaderThreads(null);
        }
    }

    /** Falls back to a thread of our own if the container gives none, so that it cannot keep stores from being read. */
    @Override
    public Thread newThread(Runnable task) {
        Thread thread = null;
        try {
            thread = managed == null ? null : managed.newThread(task);
        } catch (RuntimeException e) {
            // Our thread reads all stores; a lookup of a container's name may fail there, which is logged.
        }
        return thread == null ? own.newThread(task) : thread;
    }
}
