/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Collects the output of a process, and waits for a text in it. Thread-safe. */
final class Console {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final StringBuilder text = new StringBuilder();
    private final Thread reader;
    private boolean ended;

    Console(Process process) {
        reader = new Thread(() -> readAll(process), "console of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    String text() {
        lock.lock();
        try {
            return text.toString();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the process prints this or ends; returns whether it printed it. */
    boolean await(String expected, long seconds) throws InterruptedException {
        long nanos = TimeUnit.SECONDS.toNanos(seconds);
        lock.lock();
        try {
            while (text.indexOf(expected) < 0 && !ended && nanos > 0) {
                nanos = grown.awaitNanos(nanos);
            }
            return text.indexOf(expected) >= 0;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until the output of the ended process has been read to its end. */
    void awaitEnd() throws InterruptedException {
        reader.join(TimeUnit.SECONDS.toMillis(10));
    }

    private void readAll(Process process) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                append(line + '\n', false);
            }
        } catch (IOException e) {
            // The pipe breaks when the process is destroyed; the output before has been read.
            append("", true);
        }
        append("", true);
    }

    private void append(String more, boolean last) {
        lock.lock();
        try {
            text.append(more);
            ended |= last;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
