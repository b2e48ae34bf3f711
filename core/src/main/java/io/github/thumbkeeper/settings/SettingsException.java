/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The settings cannot be honoured: the gate does not start. The message lists every problem that was found. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    /** Makes the exception. */
    SettingsException(List<String> problems) {
        this(problems, null);
    }

    /** Makes the exception, and keeps what was thrown. */
    SettingsException(List<String> problems, @Nullable Throwable cause) {
        super("Thumbkeeper does not start:\n" + String.join("\n", problems), cause);
        this.problems = List.copyOf(problems);
    }

    /** Returns the problems, each a sentence that begins with its code. */
    public List<String> problems() {
        return problems;
    }
}
