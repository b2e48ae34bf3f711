/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All stores of a gate, and the last good contents of each.
 *
 * <p>Used by one thread at a time; only {@link #summary} may be asked by others meanwhile. The lists it makes are safe to
 * share.
 */
public final class Stores {

    private static final int MOST_COLLISIONS_NAMED = 20;

    private final List<WatchedStore> stores;
    private final Identities identities;
    private final System.Logger logger = System.getLogger(Stores.class.getName());

    /**
     * Makes the collection; nothing is read yet.
     *
     * @param stores the stores in their order of precedence
     * @param identities how an identity is made of an entry
     * @param allowEmpty whether to start with a store that lists nothing
     * @param clock what the age of a list is measured with
     */
    public Stores(List<CertificateStore> stores, Identities identities, boolean allowEmpty, InstantSource clock) {
        this.stores = stores.stream()
                .map(store -> new WatchedStore(store, identities, allowEmpty, clock))
                .toList();
        this.identities = identities;
    }

    /**
     * Reads all stores for the first time.
     *
     * @return the list of all they hold
     * @throws StoreException if any of them cannot be read completely or lists nothing; it tells of all of them
     */
    public AllowList open() throws StoreException {
        List<StoreException> problems = new ArrayList<>();
        for (WatchedStore store : stores) {
            try {
                store.open();
            } catch (StoreException e) {
                problems.add(e);
            }
        }
        if (!problems.isEmpty()) {
            throw StoreException.all(problems);
        }
        return list();
    }

    /** Looks at all stores again and returns the new list, or null if nothing has changed. */
    public @Nullable AllowList refresh() {
        boolean changed = false;
        for (WatchedStore store : stores) {
            changed |= store.refresh();
        }
        return changed ? list() : null;
    }

    /** Returns what there is, for the log: such as {@code 412 entries in 3 stores, loaded 2026-01-01T09:14:02Z}. */
    public String summary() {
        return stores.stream().map(WatchedStore::summary).collect(Collectors.joining(", "));
    }

    private AllowList list() {
        warnOfSharedLabels();
        return new AllowList(
                stores.stream().flatMap(store -> store.entries().stream()).toList(), identities);
    }

    /** A principal named by label is ambiguous when two stores give the same label to different certificates. */
    private void warnOfSharedLabels() {
        Map<String, Entry> first = new HashMap<>();
        Map<String, WatchedStore> owner = new HashMap<>();
        int named = 0;
        for (WatchedStore store : stores) {
            for (Entry entry : store.entries()) {
                String label = entry.label();
                Entry other = label == null ? null : first.putIfAbsent(label, entry);
                if (label != null && other == null) {
                    owner.put(label, store);
                } else if (other != null
                        && owner.get(label) != store
                        && differ(entry, other)
                        && named++ < MOST_COLLISIONS_NAMED) {
                    logger.log(
                            Level.WARNING,
                            "TK-305 the label [{0}] stands for different certificates in [{1}] and [{2}]",
                            label,
                            Objects.requireNonNull(owner.get(label)).location(),
                            store.location());
                }
            }
        }
    }

    private static boolean differ(Entry one, Entry other) {
        return one.digest().getClass() == other.digest().getClass()
                && !one.digest().equals(other.digest());
    }
}
