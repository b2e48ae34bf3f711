/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.message.Counted;
import io.github.thumbkeeper.message.LoggableFailure;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A failed start of a gate: one block in our own log, and a short exception for the container.
 *
 * <p>Tomcat writes the exception of a filter to the log of the host, which an administrator may not know, and prints the one of a
 * valve several times, with all its causes. So the log of the gate has the problems, and the exception points to it.
 *
 * <p>Immutable and thread-safe.
 */
public final class StartFailure {

    private final String text;
    private final @Nullable SettingsException cause;

    private StartFailure(String text, @Nullable SettingsException cause) {
        this.text = text;
        this.cause = cause;
    }

    /**
     * Logs why a gate does not start.
     *
     * @param outcome the code and the outcome, such as {@code TK-200 gate of [/app] does not start}
     */
    public static StartFailure log(System.Logger logger, String outcome, Throwable problem) {
        return problem instanceof SettingsException known
                ? logProblems(logger, outcome, known)
                : logUnexpected(logger, outcome, problem);
    }

    private static StartFailure logProblems(System.Logger logger, String outcome, SettingsException known) {
        List<String> problems = known.problems();
        String number = Counted.of(problems.size(), "problems");
        logger.log(
                Level.ERROR,
                outcome + ", because of " + number + ":\n"
                        + String.join("\n", problems).indent(2).stripTrailing());
        return new StartFailure(
                "Thumbkeeper does not start, because of " + number + ": see " + code(outcome) + " in the log",
                known.asLogged());
    }

    private static StartFailure logUnexpected(System.Logger logger, String outcome, Throwable problem) {
        logger.log(
                Level.ERROR,
                outcome + ", because of an unexpected failure: " + LoggableFailure.describe(problem),
                LoggableFailure.ifSecret(problem));
        return new StartFailure(
                "Thumbkeeper does not start, because of an unexpected failure: see " + code(outcome) + " in the log",
                null);
    }

    private static String code(String outcome) {
        return outcome.substring(0, outcome.indexOf(' '));
    }

    /**
     * Returns the exception for the container. It has no stack trace, which would lead to the container's own code only.
     *
     * @param type makes the exception from its message
     */
    public <E extends Exception> E as(Function<String, E> type) {
        E exception = type.apply(text);
        if (cause != null) {
            exception.initCause(cause);
        }
        exception.setStackTrace(new StackTraceElement[0]);
        return exception;
    }
}
