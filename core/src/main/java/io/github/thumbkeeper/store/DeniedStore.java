/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import java.util.ArrayList;
import java.util.List;

/**
 * A deny list. It is read completely or not at all, because a missing part would be a hole, and it may be empty only if that is
 * allowed. An entry denies whether or not it is disabled, and at any time.
 */
public final class DeniedStore extends DerivedStore {

    private final boolean allowEmpty;

    /**
     * Makes the deny list.
     *
     * @param store reads the entries
     * @param allowEmpty whether it may have no entries
     */
    public DeniedStore(Loader<EntryTable> store, boolean allowEmpty) {
        super(store);
        this.allowEmpty = allowEmpty;
    }

    @Override
    Loaded<EntryTable> derive(Loaded<EntryTable> all, Object state) throws StoreException {
        if (!all.failures().isEmpty()) {
            throw StoreException.ofParts(location(), all.failures());
        }
        if (all.value().isEmpty() && !allowEmpty) {
            throw new StoreException(location(), "lists no entries; add entries or set allowEmptyStore=true", null);
        }
        return new Loaded<>(all.value(), warnings(all), List.of(), state);
    }

    private static List<String> warnings(Loaded<EntryTable> all) {
        List<String> warnings = new ArrayList<>(all.warnings());
        if (all.value().stream().anyMatch(DeniedStore::isRestricted)) {
            warnings.add(
                    "has entries with from, until or disabled, which have no effect in a deny list: these entries deny too");
        }
        return warnings;
    }

    private static boolean isRestricted(Entry entry) {
        return entry.disabled() || entry.from() != null || entry.until() != null;
    }
}
