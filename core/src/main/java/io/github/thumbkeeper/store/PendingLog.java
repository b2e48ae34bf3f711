/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.message.LogTopic;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Log lines that are collected under a lock and written after its release: a log handler may hang, and must not hold up a list.
 *
 * <p>Thread-safe. Throws nothing but an OutOfMemoryError when a line is added.
 */
public final class PendingLog {

    private static final int MOST_LINES = 1000;

    private final System.Logger logger;
    private final Queue<Line> lines = new ArrayDeque<>();

    private volatile GateName gate = GateName.NONE;

    private record Line(Level level, String text, @Nullable Throwable failure) {}

    /** Collects lines of a topic. */
    public PendingLog(LogTopic topic) {
        this.logger = topic.logger();
    }

    /** Names the gate, which a store does not know, in each line. */
    public void of(GateName name) {
        gate = name;
    }

    /** Adds a line. While a log handler hangs, the latest lines beyond a limit are dropped. */
    public void add(Level level, String text) {
        add(level, text, null);
    }

    /** Adds a line with the stack trace of a failure. */
    public synchronized void add(Level level, String text, @Nullable Throwable failure) {
        if (lines.size() < MOST_LINES) {
            lines.add(new Line(level, text, failure));
        }
    }

    /** Writes all lines; the caller holds no lock. A log that cannot be written changes nothing. */
    public void write() {
        for (Line line = next(); line != null; line = next()) {
            try {
                write(line);
            } catch (Throwable e) {
                // There is no other place to complain.
            }
        }
    }

    private void write(Line line) {
        String text = gate.after(line.text);
        if (line.failure == null) {
            logger.log(line.level, text);
        } else {
            logger.log(line.level, text, line.failure);
        }
    }

    private synchronized @Nullable Line next() {
        return lines.poll();
    }
}
