/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A store could not be read completely. The message names the store and says why. */
public final class StoreException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String store;

    /**
     * Makes the exception.
     *
     * @param store the store as settings name it
     * @param why why it could not be read, and what is accepted
     * @param cause what was thrown, or null
     */
    public StoreException(String store, String why, @Nullable Throwable cause) {
        super("store [" + store + "] " + why, cause);
        this.store = store;
    }

    private StoreException(List<StoreException> problems) {
        super(problems.stream().map(StoreException::getMessage).collect(Collectors.joining("\n")), problems.get(0));
        this.store = problems.get(0).store;
    }

    /** Returns the store, or the part of it, that could not be read. */
    String store() {
        return store;
    }

    /** Returns one exception that tells of all of these, a line each. */
    static StoreException all(List<StoreException> problems) {
        return problems.size() == 1 ? problems.get(0) : new StoreException(problems);
    }
}
