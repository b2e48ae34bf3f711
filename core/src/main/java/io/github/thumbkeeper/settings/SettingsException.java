/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.message.Counted;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gate does not start because of its settings, stores or surroundings. The message lists every problem, one on each line, so
 * that the administrator can fix them in one go.
 *
 * <p>Once a front end has logged the problems, the exception prints only their number: a container prints the exception of a
 * failed start several times, each time with all its causes.
 */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;
    private final boolean logged;

    /** Makes the exception. */
    SettingsException(List<String> problems) {
        this(problems, null);
    }

    /** Makes the exception with its cause. */
    SettingsException(List<String> problems, @Nullable Throwable cause) {
        super("Thumbkeeper does not start:\n" + String.join("\n", problems), cause);
        this.problems = List.copyOf(problems);
        this.logged = false;
    }

    private SettingsException(SettingsException original) {
        super(original.getMessage(), null, false, false);
        this.problems = original.problems;
        this.logged = true;
    }

    /**
     * Makes the exception of a front end that finds problems itself.
     *
     * @param problems each begins with its code
     */
    public static SettingsException of(List<String> problems) {
        return new SettingsException(problems);
    }

    /** Returns the same exception with other problems, found earlier, before its own. */
    public SettingsException after(List<String> earlier) {
        List<String> all = new ArrayList<>(earlier);
        all.addAll(problems);
        return new SettingsException(all, getCause());
    }

    /** Returns the exception to throw after the problems have been logged: it has no stack trace, and prints their number only. */
    public SettingsException asLogged() {
        return new SettingsException(this);
    }

    /** Returns the problems, each beginning with its code. */
    public List<String> problems() {
        return problems;
    }

    @Override
    @SuppressWarnings("OverrideThrowableToString") // the message stays complete, for embedding applications
    public String toString() {
        return logged
                ? getClass().getName() + ": " + Counted.of(problems.size(), "problems") + ", listed in the log"
                : super.toString();
    }
}
