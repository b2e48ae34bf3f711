/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReaderThreadsTest {

    private final Thread managed = new Thread();

    @Test
    void takesTheThreadsOfTheContainer() {
        assertThat(new ReaderThreads(task -> managed).newThread(() -> {})).isSameAs(managed);
    }

    @Test
    @DisplayName("a container that gives no thread, or throws, does not keep the stores from being read")
    void doesNotDependOnTheContainer() {
        ThreadFactory throwing = task -> {
            throw new RejectedExecutionException("the application is suspended");
        };

        assertThat(new ReaderThreads(task -> null).newThread(() -> {}).isDaemon())
                .isTrue();
        assertThat(new ReaderThreads(throwing).newThread(() -> {}).isDaemon()).isTrue();
    }

    @Test
    @DisplayName("without a container the threads find what the application finds")
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

        assertThat(threads.newThread(() -> {}).getContextClassLoader()).isSameAs(application);
    }
}
