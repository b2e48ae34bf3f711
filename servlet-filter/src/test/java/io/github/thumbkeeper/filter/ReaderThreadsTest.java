/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReaderThreadsTest {

    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    @Test
    void readsInTheContextOfTheApplication() throws Exception {
        run(new ReaderThreads(task -> {
            events.add("begin");
            task.run();
            events.add("end");
        }));

        assertThat(events).containsExactly("begin", "read", "end");
    }

    @Test
    @DisplayName("stores are read even if the container refuses its context")
    void readsWithoutContextIfTheContainerRefusesIt() throws Exception {
        run(new ReaderThreads(task -> {
            throw new IllegalStateException("the application is suspended");
        }));
        run(new ReaderThreads(task -> events.add("ignored")));

        assertThat(events).containsExactly("read", "ignored", "read");
    }

    @Test
    @DisplayName("a container that fails after the read does not cause a second read")
    void readsOnceIfTheContainerFailsAfterwards() throws Exception {
        Thread thread = new ReaderThreads(task -> {
                    task.run();
                    throw new IllegalStateException("the context cannot be reset");
                })
                .newThread(() -> events.add("read"));
        thread.setUncaughtExceptionHandler((failed, e) -> events.add("failed"));
        thread.start();
        thread.join();

        assertThat(events).containsExactly("read", "failed");
    }

    @Test
    @DisplayName("threads are daemons with the class loader of the application, also in a container without contexts")
    void hasTheClassLoaderOfTheApplication() {
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        ClassLoader application = new ClassLoader(before) {};
        ReaderThreads threads;
        try {
            current.setContextClassLoader(application);
            threads = ReaderThreads.ofThisApplication();
        } finally {
            current.setContextClassLoader(before);
        }

        Thread thread = threads.newThread(() -> {});
        assertThat(thread.getContextClassLoader()).isSameAs(application);
        assertThat(thread.isDaemon()).isTrue();
    }

    private void run(ReaderThreads threads) throws InterruptedException {
        Thread thread = threads.newThread(() -> events.add("read"));
        thread.start();
        thread.join();
    }
}
