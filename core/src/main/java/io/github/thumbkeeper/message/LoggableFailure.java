/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.message;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Replaces an exception in the log, because loggers print the messages of exceptions unchanged. It has the class name, the stack
 * trace and the causes of the original.
 *
 * <p>Its message is dropped if it may contain a password, from a file, a database or a URL, and escaped if it may contain text
 * of a client.
 */
public final class LoggableFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private static final int MAX_CAUSES = 8;

    private final String kind;

    private LoggableFailure(Throwable thrown, boolean text, int depth) {
        super(text ? escaped(thrown) : null, cause(thrown, text, depth), false, true);
        this.kind = thrown.getClass().getName();
        setStackTrace(thrown.getStackTrace());
    }

    /** Returns the replacement without any text. */
    public static LoggableFailure of(Throwable thrown) {
        return new LoggableFailure(thrown, false, 0);
    }

    /** Returns the replacement with escaped text. */
    public static LoggableFailure withText(Throwable thrown) {
        return new LoggableFailure(thrown, true, 0);
    }

    /** Returns the replacement without text if the text may contain a password, else the exception itself. */
    public static Throwable ifSecret(Throwable thrown) {
        return SecretText.isIn(thrown) ? of(thrown) : thrown;
    }

    /** Returns the escaped text for a message, or the class name if there is no text or it may contain a password. */
    public static String describe(Throwable thrown) {
        String text = SecretText.isIn(thrown) ? null : escaped(thrown);
        return text == null ? thrown.getClass().getName() : text;
    }

    /**
     * Returns the reasons of an exception and its causes for a message, from the outermost to the innermost one, in full; the
     * class names if a text may contain a password. A reason that repeats another one is left out.
     */
    public static String describeAll(Throwable thrown) {
        boolean secret = SecretText.isIn(thrown);
        List<String> reasons = new ArrayList<>();
        Throwable each = thrown;
        for (int i = 0; each != null && i < MAX_CAUSES; i++) {
            String text = secret ? null : each.getMessage();
            String reason = text == null || text.isBlank() ? each.getClass().getName() : SafeText.sentence(text);
            // An exception made of its cause only repeats the class and text of the cause.
            reasons.removeIf(earlier -> earlier.endsWith(reason));
            if (reasons.stream().noneMatch(earlier -> earlier.contains(reason))) {
                reasons.add(reason);
            }
            each = each.getCause();
        }
        return String.join(": ", reasons);
    }

    private static @Nullable String escaped(Throwable thrown) {
        return thrown.getMessage() == null ? null : SafeText.sentence(thrown.getMessage());
    }

    private static @Nullable LoggableFailure cause(Throwable thrown, boolean text, int depth) {
        Throwable cause = thrown.getCause();
        return cause == null || depth == MAX_CAUSES ? null : new LoggableFailure(cause, text, depth + 1);
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // shows the class name of the original
    public String toString() {
        return getMessage() == null ? kind : kind + ": " + getMessage();
    }
}
