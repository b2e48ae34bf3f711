/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes daemon threads that inherit nothing from the calling thread: not its context class loader, thread-local values, or the
 * protection domains on its stack. A request of any application may need such a thread, which must not keep that application in
 * memory.
 *
 * <p>Thread-safe.
 */
public final class DaemonThreads implements ThreadFactory {

    private final String name;
    private final @Nullable ClassLoader loader;

    /**
     * Makes threads with this name and this context class loader.
     *
     * @param loader the context class loader; must not belong to an application that ends before the threads do
     */
    public DaemonThreads(String name, @Nullable ClassLoader loader) {
        this.name = name;
        this.loader = loader;
    }

    @Override
    @SuppressWarnings(
            "removal") // until Java 23 a thread keeps the protection domains on the stack of the thread that made it
    public Thread newThread(Runnable task) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
    }
}
