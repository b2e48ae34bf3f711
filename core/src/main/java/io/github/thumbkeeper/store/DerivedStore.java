/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;
import org.jspecify.annotations.Nullable;

/** A list of certificates that is made of another one, and changes only when that one does. */
abstract sealed class DerivedStore implements Loader<EntryTable> permits DeniedStore, FilteredStore {

    private final Loader<EntryTable> origin;

    private record Origin(Loaded<EntryTable> loaded) {}

    DerivedStore(Loader<EntryTable> origin) {
        this.origin = origin;
    }

    @Override
    public final String location() {
        return origin.location();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    public final Loaded<EntryTable> load(@Nullable Loaded<EntryTable> previous) throws StoreException {
        Loaded<EntryTable> before = previous == null ? null : ((Origin) previous.state()).loaded;
        Loaded<EntryTable> all = origin.load(before);
        return previous != null && all == before ? previous : derive(all, new Origin(all), previous);
    }

    /**
     * Makes this list of the other one, with this state.
     *
     * @param previous what this method made last, or null
     */
    abstract Loaded<EntryTable> derive(Loaded<EntryTable> all, Object state, @Nullable Loaded<EntryTable> previous)
            throws StoreException;
}
