/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Captures Thumbkeeper's log at every level, instead of printing it, until closed. Thread-safe. */
final class CapturedLog extends Handler implements AutoCloseable {
    private final Formatter formatter = new SimpleFormatter();
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();
    private final Logger logger = Logger.getLogger("io.github.thumbkeeper");
    private final Level levelBefore = logger.getLevel();
    private final boolean printedBefore = logger.getUseParentHandlers();

    CapturedLog() {
        setLevel(Level.ALL);
        logger.setLevel(Level.ALL);
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    /** The messages so far, with their parameters filled in. */
    List<String> messages() {
        return records.stream().map(formatter::formatMessage).toList();
    }

    /** The messages so far that begin with this reason code. */
    List<String> messages(String code) {
        return messages().stream().filter(line -> line.startsWith(code)).toList();
    }

    /** The records so far, for a test of level or cause. */
    List<LogRecord> records() {
        return List.copyOf(records);
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(printedBefore);
        logger.setLevel(levelBefore);
    }
}
