/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A store of what is denied. It is taken as a whole or not at all (a part that is missing would be a hole), and an empty one
 * only if that is allowed. Whatever else an entry says, that it is in force for a time only or disabled, it denies.
 */
public final class DeniedStore implements CertificateStore {

    private final CertificateStore store;
    private final boolean allowEmpty;

    /**
     * Makes the store.
     *
     * @param store what lists the certificates
     * @param allowEmpty whether it may list nothing
     */
    public DeniedStore(CertificateStore store, boolean allowEmpty) {
        this.store = store;
        this.allowEmpty = allowEmpty;
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public Purpose purpose() {
        return Purpose.DENY;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    public Contents load(@Nullable Contents previous) throws StoreException {
        Contents before = previous == null ? null : (Contents) previous.state();
        Contents all = store.load(before);
        if (previous != null && all == before) {
            return previous;
        }
        requireWhole(all);
        return new Contents(all.entries(), warnings(all), List.of(), all);
    }

    private void requireWhole(Contents all) throws StoreException {
        if (!all.failures().isEmpty()) {
            throw BadFiles.of(location(), all.failures());
        }
        if (all.entries().isEmpty() && !allowEmpty) {
            throw new StoreException(
                    location(), "denies nothing; accepted is a list with entries, or allowEmptyStore=true", null);
        }
    }

    private static List<String> warnings(Contents all) {
        List<String> warnings = new ArrayList<>(all.warnings());
        if (all.entries().stream().anyMatch(DeniedStore::saysMore)) {
            warnings.add("has entries with from, until or disabled, which mean nothing in a deny list: they deny");
        }
        return warnings;
    }

    private static boolean saysMore(Entry entry) {
        return entry.disabled() || entry.from() != null || entry.until() != null;
    }
}
