/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gate does not start because of its settings or stores. The message lists every problem, one on each line, so that the
 * administrator can fix them in one go.
 */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** Makes the exception. */
    SettingsException(List<String> problems) {
        this(problems, null);
    }

    /** Makes the exception with its cause. */
    SettingsException(List<String> problems, @Nullable Throwable cause) {
        super("Thumbkeeper does not start:\n" + String.join("\n", problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems, each beginning with its code. */
    public List<String> problems() {
        return problems;
    }
}
