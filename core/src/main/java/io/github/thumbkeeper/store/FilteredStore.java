/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;
import org.jspecify.annotations.Nullable;

/** Narrows a store to the entries whose label passes a filter. */
public final class FilteredStore implements CertificateStore {

    private final CertificateStore store;
    private final LabelFilter filter;

    /** Makes the narrowed store. */
    public FilteredStore(CertificateStore store, LabelFilter filter) {
        this.store = store;
        this.filter = filter;
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public Purpose purpose() {
        return store.purpose();
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    public Contents load(@Nullable Contents previous) throws StoreException {
        Contents before = previous == null ? null : (Contents) previous.state();
        Contents all = store.load(before);
        if (previous != null && all == before) {
            return previous;
        }
        return new Contents(filtered(all.entries()), all.warnings(), all.failures(), all);
    }

    private EntryTable filtered(EntryTable entries) {
        EntryTable.Builder builder = new EntryTable.Builder();
        entries.stream().filter(filter::lets).forEach(builder::add);
        return builder.build();
    }
}
