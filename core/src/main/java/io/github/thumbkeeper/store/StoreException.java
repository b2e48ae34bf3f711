/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.SecretText;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A store could not be read completely. The message names the store and says why. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String store;
    private final boolean misconfigured;

    /**
     * Makes the exception.
     *
     * @param store the store as settings name it
     * @param why why it could not be read, and what is accepted
     * @param cause what was thrown, or null
     */
    public StoreException(String store, String why, @Nullable Throwable cause) {
        this(store, why, cause, false);
    }

    private StoreException(String store, String why, @Nullable Throwable cause, boolean misconfigured) {
        super("store [" + SecretText.masked(store) + "] " + why, cause);
        this.store = store;
        this.misconfigured = misconfigured;
    }

    private StoreException(List<StoreException> problems) {
        super(problems.stream().map(StoreException::getMessage).collect(Collectors.joining("\n")), problems.get(0));
        this.store = problems.get(0).store;
        this.misconfigured = problems.stream().anyMatch(StoreException::isMisconfigured);
    }

    /** Returns an exception about what no later attempt can mend, only another setting or another binding. */
    static StoreException misconfigured(String store, String why) {
        return new StoreException(store, why, null, true);
    }

    /** Returns whether a later attempt cannot succeed while the configuration is as it is. */
    boolean isMisconfigured() {
        return misconfigured;
    }

    /** Returns the store, or the part of it, that could not be read. */
    String store() {
        return store;
    }

    /** Returns one exception that tells of all of these, a line each. */
    public static StoreException all(List<StoreException> problems) {
        return problems.size() == 1 ? problems.get(0) : new StoreException(problems);
    }
}
