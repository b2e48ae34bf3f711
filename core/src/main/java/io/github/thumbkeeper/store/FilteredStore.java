/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.EntryTable;
import org.jspecify.annotations.Nullable;

/** A list of certificates without the entries whose label does not match a filter. */
public final class FilteredStore extends DerivedStore {

    private final LabelFilter filter;

    /** Makes the filtered list. */
    public FilteredStore(Loader<EntryTable> all, LabelFilter filter) {
        super(all);
        this.filter = filter;
    }

    /** Returns the filter as it is set; null if every entry stays. */
    @Nullable
    String glob() {
        return filter.glob();
    }

    @Override
    Loaded<EntryTable> derive(Loaded<EntryTable> all, Object state, @Nullable Loaded<EntryTable> previous) {
        EntryTable.Builder builder = new EntryTable.Builder();
        all.value().stream().filter(filter::matches).forEach(builder::add);
        return new Loaded<>(builder.build(), all.warnings(), all.failures(), state);
    }
}
