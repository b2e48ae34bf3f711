/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;

/** Makes the store that a text names. */
@FunctionalInterface
public interface LocationOpener {

    /**
     * Returns the store at a location, not read yet.
     *
     * @throws StoreException if the location is none; the message says what is accepted
     */
    Loader<EntryTable> open(String location) throws StoreException;
}
