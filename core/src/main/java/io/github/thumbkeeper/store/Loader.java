/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import org.jspecify.annotations.Nullable;

/** A place that is read for what it holds itself, not for thumbprints of it. Implementations are used by one thread at a time. */
public interface Loader<T> {

    /** Returns the place as the settings name it. */
    String location();

    /**
     * Reads all it holds.
     *
     * @param previous what the last successful call gave, or null at the start
     * @return what it holds now; {@code previous} itself when nothing has changed
     * @throws StoreException if it cannot be read completely; then what it held before stays in force
     */
    Loaded<T> read(@Nullable Loaded<T> previous) throws StoreException;
}
