/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.message.Counted;
import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.message.SecretText;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Failure to read a store completely. The message names the store and the reason, and never quotes what was read. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int MOST_NAMED = 20;

    private final String store;
    private final String why;
    private final boolean misconfigured;
    private final transient List<String> problems;

    /**
     * Makes the exception.
     *
     * @param store the location as written in the settings
     * @param why the reason, and what is expected; a clause whose subject is the store
     * @param cause the exception that was thrown, or null; its class and stack trace are kept, not its text
     */
    public StoreException(String store, String why, @Nullable Throwable cause) {
        this(store, why, cause, false);
    }

    private StoreException(String store, String why, @Nullable Throwable cause, boolean misconfigured) {
        super("store [" + SecretText.masked(store) + "] " + why, shown(cause));
        this.store = store;
        this.why = why;
        this.misconfigured = misconfigured;
        this.problems = List.of(String.valueOf(getMessage()));
    }

    private StoreException(List<StoreException> problems) {
        super(problems.stream().map(StoreException::getMessage).collect(Collectors.joining("\n")), problems.get(0));
        this.store = problems.get(0).store;
        this.why = problems.get(0).why;
        this.misconfigured = problems.stream().anyMatch(StoreException::isMisconfigured);
        this.problems =
                problems.stream().flatMap(each -> each.problems().stream()).toList();
    }

    /** Returns an exception about a problem that only another setting or another binding can solve. */
    public static StoreException misconfigured(String store, String why) {
        return new StoreException(store, why, null, true);
    }

    /** Returns whether a later attempt cannot succeed while the configuration is as it is. */
    public boolean isMisconfigured() {
        return misconfigured;
    }

    /**
     * Removes the text of a cause. Loggers print it, and it may quote what was read: the JDK's parsers and database drivers do that.
     */
    private static @Nullable Throwable shown(@Nullable Throwable cause) {
        return cause == null || cause instanceof StoreException || cause instanceof LoggableFailure
                ? cause
                : LoggableFailure.of(cause);
    }

    /** Returns the reason without the location, for a location that must not be shown. */
    public String why() {
        return why;
    }

    /** Returns the message of each problem, if there are several. One may have more than one line. */
    public List<String> problems() {
        return problems;
    }

    /** Returns the location of the store, or of the part of it, that could not be read. */
    String store() {
        return store;
    }

    /** Returns one exception about the parts of a store, such as the files of a directory; at most 20 are named. */
    public static StoreException ofParts(String store, Collection<StoreException> parts) {
        String named =
                parts.stream().limit(MOST_NAMED).map(StoreException::getMessage).collect(Collectors.joining("; "));
        String more = parts.size() > MOST_NAMED ? "; and " + (parts.size() - MOST_NAMED) + " more" : "";
        StoreException all =
                new StoreException(store, "has " + Counted.of(parts.size(), "bad files") + ": " + named + more, null);
        parts.stream().limit(MOST_NAMED).forEach(all::addSuppressed);
        return all;
    }

    /** Returns one exception with all these problems, a line each. */
    public static StoreException all(List<StoreException> problems) {
        return problems.size() == 1 ? problems.get(0) : new StoreException(problems);
    }
}
