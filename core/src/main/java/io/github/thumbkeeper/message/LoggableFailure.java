/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

import org.jspecify.annotations.Nullable;

/**
 * Replaces an exception whose text must not be logged: it may quote a password from a file, a database or a URL. It has the
 * kind, the stack trace and the causes of the original, and no text.
 */
public final class LoggableFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int MOST_CAUSES = 8;

    private final String kind;

    private LoggableFailure(Throwable thrown, int depth) {
        super(null, cause(thrown, depth), false, true);
        this.kind = thrown.getClass().getName();
        setStackTrace(thrown.getStackTrace());
    }

    /** Returns the replacement. */
    public static LoggableFailure of(Throwable thrown) {
        return new LoggableFailure(thrown, 0);
    }

    private static @Nullable LoggableFailure cause(Throwable thrown, int depth) {
        Throwable cause = thrown.getCause();
        return cause == null || depth == MOST_CAUSES ? null : new LoggableFailure(cause, depth + 1);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // it shows the kind of what it stands for
    public String toString() {
        return kind;
    }
}
