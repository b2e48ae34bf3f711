/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.AllowList;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.store.CertificateStore.Purpose;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All stores of a gate, and the last good contents of each.
 *
 * <p>Used by one thread at a time, but for what says otherwise; the lists it makes are safe to share. A gate sees to that by a
 * lock, under which no store is read: {@link Refreshable} says how.
 */
public final class Stores {

    private final List<WatchedStore> stores;
    private final IdentityMapper identities;
    private final ReloadPolicy rules;
    private final LongSupplier ticker;
    private final StoreLog log = new StoreLog();
    private List<Contents> listed = List.of();
    private @Nullable AllowList list;

    /**
     * Makes the collection; nothing is read yet.
     *
     * @param stores the stores in their order of precedence
     * @param identities how an identity is made of an entry
     * @param rules when what a store lists comes into force
     * @param clock tells what has expired, and the times for the log
     * @param ticker nanoseconds that never run backwards, as those of {@link System#nanoTime}: the age of a list is measured
     *     with them, because the clock of a machine may be set
     */
    public Stores(
            List<CertificateStore> stores,
            IdentityMapper identities,
            ReloadPolicy rules,
            InstantSource clock,
            LongSupplier ticker) {
        this.stores = stores.stream()
                .map(store -> new WatchedStore(store, identities, rules, clock, ticker, log))
                .toList();
        this.identities = identities;
        this.rules = rules;
        this.ticker = ticker;
    }

    /**
     * Reads all stores for the first time.
     *
     * @return the list of all they hold, or null if the rules allow to start without a list and there is none yet
     * @throws StoreException if any of them cannot be read completely or lists nothing; it tells of all of them
     */
    public @Nullable AllowList open() throws StoreException {
        Map<WatchedStore, StoreException> problems = new LinkedHashMap<>();
        for (WatchedStore store : stores) {
            try {
                store.open();
            } catch (StoreException e) {
                problems.put(store, e);
            }
        }
        if (problems.isEmpty()) {
            return list();
        }
        StoreException all = StoreException.all(List.copyOf(problems.values()));
        if (!rules.startWithout() || all.isMisconfigured()) {
            throw all;
        }
        problems.forEach(WatchedStore::fail);
        return null;
    }

    /** Returns whether to start while a store cannot be read, without any list. Safe to call from any thread. */
    public boolean mayStartWithout() {
        return rules.startWithout();
    }

    /** Returns what is to be read again and again. Safe to call from any thread. */
    public List<Refreshable> refreshables() {
        return stores.stream()
                .filter(store -> !store.isFixed())
                .<Refreshable>map(store -> store)
                .toList();
    }

    /** Looks at all stores again, one after another, and returns the new list, or null if it is the same as before. */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    public @Nullable AllowList refresh() {
        AllowList before = list;
        stores.forEach(WatchedStore::refresh);
        AllowList now = list();
        return now == before ? null : now;
    }

    /**
     * Returns the list of what the stores hold, the same object until one of them is taken over that lists something else; null
     * as long as any of them has never been read. If it cannot be made, for want of memory perhaps, the next call tries again.
     */
    public @Nullable AllowList list() {
        boolean complete = stores.stream().allMatch(store -> store.contents() != null);
        if (complete && (list == null || !isListed())) {
            makeList();
        }
        return list;
    }

    /**
     * Returns the moment, on the ticker, at which the store began to be read that has not been read for the longest time. What
     * never changes is of now.
     */
    public long readAt() {
        return stores.stream()
                .filter(store -> !store.isFixed())
                .mapToLong(WatchedStore::readAt)
                .reduce((one, other) -> one - other < 0 ? one : other)
                .orElseGet(ticker);
    }

    /** Returns whether a list of such a moment may no longer be used. Safe to call from any thread. */
    public boolean isTooOld(long readAt) {
        return rules.maxStaleness() != null && rules.isTooLong(ticker.getAsLong() - readAt);
    }

    /** Returns how each store is. Safe to call from any thread. */
    public List<StoreState> states() {
        return stores.stream().map(WatchedStore::state).toList();
    }

    /**
     * Returns what there is, for the log: such as {@code [thumbprints] 3 entries loaded 2026-01-01T09:14:02Z}. Safe to call
     * from any thread.
     */
    public String summary() {
        return stores.stream().map(WatchedStore::summary).collect(Collectors.joining(", "));
    }

    /** Compares with the last list that was made: one that could not be made then is due now. */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    private boolean isListed() {
        if (listed.size() != stores.size()) {
            return false;
        }
        for (int i = 0; i < stores.size(); i++) {
            if (stores.get(i).contents() != listed.get(i)) {
                return false;
            }
        }
        return true;
    }

    private void makeList() {
        new SharedLabels(stores, log).warn();
        AllowList next =
                new AllowList(tables(Purpose.SETTING), tables(Purpose.STORE), tables(Purpose.DENY), identities);
        List<Contents> contents = stores.stream()
                .map(store -> Objects.requireNonNull(store.contents()))
                .toList();
        list = next;
        listed = contents;
    }

    private List<EntryTable> tables(Purpose purpose) {
        return stores.stream()
                .filter(store -> store.purpose() == purpose)
                .map(WatchedStore::entries)
                .toList();
    }
}
