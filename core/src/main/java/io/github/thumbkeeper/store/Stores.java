/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.Printable;
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
 * <p>Used by one thread at a time, but for {@link #summary}; the lists it makes are safe to share.
 */
public final class Stores {

    private static final int MOST_COLLISIONS_NAMED = 20;

    private final List<WatchedStore> stores;
    private final Identities identities;
    private final StoreLog log = new StoreLog();
    private List<Contents> listed = List.of();

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
                .map(store -> new WatchedStore(store, identities, allowEmpty, clock, log))
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
        stores.forEach(WatchedStore::refresh);
        return isListed() ? null : list();
    }

    /** Returns what there is, for the log: such as {@code [thumbprints] 3 entries loaded 2026-01-01T09:14:02Z}. */
    public String summary() {
        return stores.stream().map(WatchedStore::summary).collect(Collectors.joining(", "));
    }

    /** Compares with the last list that was made: one that could not be made then is due now. */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    private boolean isListed() {
        for (int i = 0; i < stores.size(); i++) {
            if (stores.get(i).contents() != listed.get(i)) {
                return false;
            }
        }
        return true;
    }

    private AllowList list() {
        warnOfSharedLabels();
        List<Contents> now = stores.stream()
                .map(store -> Objects.requireNonNull(store.contents()))
                .toList();
        AllowList list = new AllowList(
                now.stream().flatMap(contents -> contents.entries().stream()).toList(), identities);
        listed = now;
        return list;
    }

    /** A principal named by label is ambiguous when two stores give the same label to different certificates. */
    private void warnOfSharedLabels() {
        Map<String, Labelled> first = new HashMap<>();
        int named = 0;
        for (WatchedStore store : stores) {
            for (Entry entry : store.entries()) {
                String label = entry.label();
                Labelled other = label == null ? null : first.putIfAbsent(label, new Labelled(entry, store));
                if (label != null
                        && other != null
                        && other.store != store
                        && differ(entry, other.entry)
                        && named++ < MOST_COLLISIONS_NAMED) {
                    warnOfSharedLabel(label, other.store, store);
                }
            }
        }
    }

    private void warnOfSharedLabel(String label, WatchedStore earlier, WatchedStore later) {
        log.write(
                Level.WARNING,
                "TK-305 the label " + Printable.quoted(label) + " stands for different certificates in ["
                        + earlier.location() + "] and [" + later.location() + "]");
    }

    private static boolean differ(Entry one, Entry other) {
        return one.digest().getClass() == other.digest().getClass()
                && !one.digest().equals(other.digest());
    }

    private record Labelled(Entry entry, WatchedStore store) {}
}
