/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Keeps the exceptions that Tomcat logs instead of throwing them, until closed. Thread-safe. */
final class RecordedFailures extends Handler implements AutoCloseable {

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("org.apache.catalina");

    RecordedFailures() {
        logger.addHandler(this);
    }

    /** Returns the messages of all causes. */
    String text() {
        return String.join("\n", messages);
    }

    @Override
    public void publish(LogRecord entry) {
        for (Throwable cause = entry.getThrown(); cause != null; cause = cause.getCause()) {
            messages.add(String.valueOf(cause.getMessage()));
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
