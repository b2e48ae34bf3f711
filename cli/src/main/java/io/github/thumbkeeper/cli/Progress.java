/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Prints to the standard error what the tool is busy with, once it takes longer than a second. Thread-safe. */
final class Progress implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 1000;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;

    private Progress(Console console, String what) {
        this.thread = new Thread(() -> wait(console, what), "progress");
        thread.setDaemon(true);
        thread.start();
    }

    /** Begins a step, such as {@code reading [clients.p12]}; close it at its end. */
    static Progress of(Console console, String what) {
        return new Progress(console, what);
    }

    private void wait(Console console, String what) {
        try {
            if (!ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                console.err().println(what + " ...");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the step has been printed, or has ended. */
    void awaitPrinted() throws InterruptedException {
        thread.join();
    }

    /** Ends the step. */
    @Override
    public void close() {
        ended.countDown();
    }
}
