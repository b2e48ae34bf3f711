/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.servlet.DaemonThreads;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * Daemon threads that read an application's stores, with the application's class loader and, if the container has a
 * {@code ContextService} (Jakarta Concurrency section 3.3), with the application's names.
 *
 * <p>They do not come from the container's executors: readings that hang, or other tasks of the application, could exhaust such a
 * pool. A contextual proxy works on any thread.
 *
 * <p>Thread-safe.
 */
final class ReaderThreads implements ThreadFactory {

    private static final String SERVICE = "jakarta.enterprise.concurrent.ContextService";
    private static final String SERVICE_NAME = "java:comp/DefaultContextService";

    private final ThreadFactory threads =
            new DaemonThreads("thumbkeeper-read", Thread.currentThread().getContextClassLoader());
    private final Executor context;

    /**
     * Makes threads with the class loader of this thread.
     *
     * @param context runs a task on the thread that calls it, with the names of the application
     */
    ReaderThreads(Executor context) {
        this.context = context;
    }

    /** Captures the context of the application; call it on a thread of the container, while the application starts. */
    static ReaderThreads ofThisApplication() {
        Executor contextual = contextual(Runnable::run);
        return new ReaderThreads(contextual == null ? Runnable::run : contextual);
    }

    @Override
    public Thread newThread(Runnable task) {
        return threads.newThread(() -> run(task));
    }

    /** If the container refuses its context, because the application is suspended, stores without its names are read all the same. */
    private void run(Runnable task) {
        AtomicBoolean started = new AtomicBoolean();
        try {
            context.execute(() -> {
                started.set(true);
                task.run();
            });
        } catch (RuntimeException | Error e) {
            if (started.get()) {
                throw e;
            }
        }
        if (!started.get()) {
            task.run();
        }
    }

    /** The service is called by reflection, because servlet containers do not have its API. */
    @SuppressWarnings("BanJNDI") // the name is a constant
    private static @Nullable Executor contextual(Executor executor) {
        try {
            Object service = new InitialContext().lookup(SERVICE_NAME);
            return (Executor) Class.forName(SERVICE, false, service.getClass().getClassLoader())
                    .getMethod("createContextualProxy", Object.class, Class.class)
                    .invoke(service, executor, Executor.class);
        } catch (NamingException | ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null;
        }
    }
}
