/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A deny list. It may be empty only if that is allowed. While a part of it, such as a file of a directory, cannot be used, new entries
 * are denied and none is dropped, because a missing part would be a hole. An entry denies whether or not it is disabled, and at any time.
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
    Loaded<EntryTable> derive(Loaded<EntryTable> all, Object state, @Nullable Loaded<EntryTable> previous)
            throws StoreException {
        if (!all.failures().isEmpty()) {
            if (previous == null) {
                throw StoreException.ofParts(location(), all.failures());
            }
            return new Loaded<>(union(previous.value(), all.value()), warnings(all), all.failures(), state);
        }
        if (all.value().isEmpty() && !allowEmpty) {
            throw new StoreException(
                    location(), "lists no entries; add entries or set allowEmptyStore=true" + all.ignored(), null);
        }
        return new Loaded<>(all.value(), warnings(all), List.of(), state);
    }

    /** Adds what is new and drops nothing: what seems to be removed may be in the part that cannot be read. */
    static EntryTable union(EntryTable before, EntryTable now) {
        Set<CertificateDigest> known = before.stream().map(Entry::digest).collect(Collectors.toSet());
        EntryTable.Builder all = new EntryTable.Builder();
        before.forEach(all::add);
        now.stream().filter(entry -> !known.contains(entry.digest())).forEach(all::add);
        return all.build();
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
