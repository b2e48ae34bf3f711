/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes daemon threads that keep nothing of the thread that asks for them: not its class loader, not its thread-local values, and
 * not the code on its stack. Such a thread may be asked for by a request of any application, and must not hold that in memory.
 *
 * <p>Safe to share between threads.
 */
public final class DaemonThreads implements ThreadFactory {

    private final String name;
    private final @Nullable ClassLoader loader;

    /**
     * Makes threads with this name and this context class loader.
     *
     * @param loader finds what the tasks need; must not belong to an application that ends before the threads do
     */
    public DaemonThreads(String name, @Nullable ClassLoader loader) {
        this.name = name;
        this.loader = loader;
    }

    @Override
    @SuppressWarnings("removal") // until Java 23 a thread keeps the protection domains on the stack of its maker
    public Thread newThread(Runnable task) {
        return AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(null, task, name, 0, false);
            thread.setDaemon(true);
            thread.setContextClassLoader(loader);
            return thread;
        });
    }
}
