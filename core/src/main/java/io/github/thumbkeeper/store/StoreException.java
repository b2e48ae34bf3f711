/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.message.SecretText;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A store could not be read completely. The message names the store and says why. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MOST_NAMED = 20;

    private final String store;
    private final String why;
    private final boolean misconfigured;

    /**
     * Makes the exception.
     *
     * @param store the store as settings name it
     * @param why why it could not be read, and what is accepted
     * @param cause the exception that was thrown, or null; its kind and stack trace are kept, not its text
     */
    public StoreException(String store, String why, @Nullable Throwable cause) {
        this(store, why, cause, false);
    }

    private StoreException(String store, String why, @Nullable Throwable cause, boolean misconfigured) {
        super("store [" + SecretText.masked(store) + "] " + why, shown(cause));
        this.store = store;
        this.why = why;
        this.misconfigured = misconfigured;
    }

    private StoreException(List<StoreException> problems) {
        super(problems.stream().map(StoreException::getMessage).collect(Collectors.joining("\n")), problems.get(0));
        this.store = problems.get(0).store;
        this.why = problems.get(0).why;
        this.misconfigured = problems.stream().anyMatch(StoreException::isMisconfigured);
    }

    /** Returns an exception about what no later attempt can mend, only another setting or another binding. */
    public static StoreException misconfigured(String store, String why) {
        return new StoreException(store, why, null, true);
    }

    /** Returns whether a later attempt cannot succeed while the configuration is as it is. */
    public boolean isMisconfigured() {
        return misconfigured;
    }

    /**
     * Loggers print the texts of causes, which may quote what was read: the JDK's parsers do, and drivers. The message of this
     * exception is all that is said.
     */
    private static @Nullable Throwable shown(@Nullable Throwable cause) {
        return cause == null || cause instanceof StoreException || cause instanceof LoggableFailure
                ? cause
                : LoggableFailure.of(cause);
    }

    /** Returns why the store cannot be read, without its name, for a name that must not be shown. */
    public String why() {
        return why;
    }

    /** Returns the store, or the part of it, that could not be read. */
    String store() {
        return store;
    }

    /** Returns one exception about the parts of a store, such as the files of a directory; at most 20 are named. */
    public static StoreException ofParts(String store, Collection<StoreException> parts) {
        String named =
                parts.stream().limit(MOST_NAMED).map(StoreException::getMessage).collect(Collectors.joining("; "));
        String more = parts.size() > MOST_NAMED ? "; and " + (parts.size() - MOST_NAMED) + " more" : "";
        StoreException all = new StoreException(store, "has " + parts.size() + " bad files: " + named + more, null);
        parts.stream().limit(MOST_NAMED).forEach(all::addSuppressed);
        return all;
    }

    /** Returns one exception with all these problems, a line each. */
    public static StoreException all(List<StoreException> problems) {
        return problems.size() == 1 ? problems.get(0) : new StoreException(problems);
    }
}
