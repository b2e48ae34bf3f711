/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Captures the log of the engine until closed; nothing of it reaches the console. */
public final class CapturedLog implements AutoCloseable {

    private static final Logger ENGINE = Logger.getLogger("io.github.thumbkeeper");

    private static final String CHANGE = "INFO TK-340 ";
    private static final String EXPIRY = "WARNING TK-341 ";

    private final Formatter formatter = new SimpleFormatter();
    private final List<LogRecord> records = new ArrayList<>();
    private final Consumer<LogRecord> listener;
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord logRecord) {
            listener.accept(logRecord);
            synchronized (records) {
                records.add(logRecord);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    /** Starts to capture. */
    public CapturedLog() {
        this(ignored -> {});
    }

    /** Starts to capture, and passes each record to the listener first, which may throw. */
    public CapturedLog(Consumer<LogRecord> listener) {
        this.listener = listener;
        ENGINE.addHandler(handler);
        ENGINE.setUseParentHandlers(false);
    }

    /**
     * Returns the lines so far, such as {@code WARNING TK-101 refused ...}, without those of {@link #changes} and {@link #expiries}:
     * most tests change lists, with certificates that end within a month, and are about something else.
     */
    public List<String> lines() {
        return all().stream()
                .filter(line -> !line.startsWith(CHANGE) && !line.startsWith(EXPIRY))
                .toList();
    }

    /** Returns the lines about changes of lists so far. */
    public List<String> changes() {
        return all().stream().filter(line -> line.startsWith(CHANGE)).toList();
    }

    /** Returns the lines about what ends soon so far. */
    public List<String> expiries() {
        return all().stream().filter(line -> line.startsWith(EXPIRY)).toList();
    }

    private List<String> all() {
        synchronized (records) {
            return records.stream()
                    .map(entry -> entry.getLevel() + " " + formatter.formatMessage(entry))
                    .toList();
        }
    }

    /** Returns the log so far as a file would contain it, with stack traces. */
    public String text() {
        synchronized (records) {
            return String.join("", records.stream().map(formatter::format).toList());
        }
    }

    /** Returns the lines of this level. */
    public List<String> lines(Level level) {
        return lines().stream().filter(line -> line.startsWith(level + " ")).toList();
    }

    /** Discards the lines so far. */
    public void clear() {
        synchronized (records) {
            records.clear();
        }
    }

    @Override
    public void close() {
        ENGINE.removeHandler(handler);
        ENGINE.setUseParentHandlers(true);
    }
}
