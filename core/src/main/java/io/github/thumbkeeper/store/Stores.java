/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.AllowList;
import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.store.StoreConfig.Purpose;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * All lists of certificates of a gate, each with its {@link Reloader}, and the {@link AllowList} made of them.
 *
 * <p>Not thread-safe, except where a method says so: the gate calls it under a lock, which no thread holds while it reads. The
 * allow lists themselves are immutable.
 */
public final class Stores {

    private final List<Member> members;
    private final IdentityMapper identities;
    private final ReloadPolicy policy;
    private final LongSupplier ticker;
    private final PendingLog log = new PendingLog(LogTopic.STORE);
    private List<EntryTable> listed = List.of();
    private @Nullable AllowList list;

    /** One list of certificates. */
    private record Member(Reloader<EntryTable> reloader, Purpose purpose) {
        EntryTable entries() {
            return reloader.value().orElseGet(EntryTable::empty);
        }
    }

    /**
     * Makes the collection; nothing is read yet.
     *
     * @param stores the lists in their order of precedence
     * @param identities makes an identity of an entry
     * @param policy when the content of a list comes into force
     * @param clock determines what has expired, and gives the times for the log
     * @param ticker a monotonic clock, such as {@link System#nanoTime}: it measures the age of a list, because the clock of a
     *     machine may be set
     */
    public Stores(
            List<StoreConfig> stores,
            IdentityMapper identities,
            ReloadPolicy policy,
            InstantSource clock,
            LongSupplier ticker) {
        ListedDigests digests = ListedDigests.of(policy.digests());
        this.members = stores.stream()
                .map(each -> new Member(
                        new Reloader<>(each.loader(), checks(each, identities, policy, digests), log, clock, ticker),
                        each.purpose()))
                .toList();
        this.identities = identities;
        this.policy = policy;
        this.ticker = ticker;
    }

    private static StoreChecks checks(
            StoreConfig store, IdentityMapper identities, ReloadPolicy policy, ListedDigests digests) {
        String glob = store.loader() instanceof FilteredStore filtered ? filtered.glob() : null;
        return new StoreChecks(store.loader().location(), glob, store.purpose(), identities, policy, digests);
    }

    /**
     * Reads all lists for the first time.
     *
     * @return the allow list, or null if the policy allows a start without one and a list cannot be read
     * @throws StoreException if any list cannot be read completely or has no entries; it reports all of them
     */
    public @Nullable AllowList open() throws StoreException {
        Map<Reloader<EntryTable>, StoreException> problems = new LinkedHashMap<>();
        try {
            for (Member each : members) {
                try {
                    each.reloader.open();
                } catch (StoreException e) {
                    problems.put(each.reloader, e);
                }
            }
            if (problems.isEmpty()) {
                return list();
            }
            StoreException all = StoreException.all(List.copyOf(problems.values()));
            if (!policy.startWithout() || all.isMisconfigured()) {
                throw all;
            }
            problems.forEach(Reloader::fail);
            return null;
        } finally {
            log.write();
        }
    }

    /** Returns whether to start while a list cannot be read, without any allow list. Thread-safe. */
    public boolean mayStartWithout() {
        return policy.startWithout();
    }

    /** Returns the reloaders of all lists that can change. Thread-safe. */
    public List<Reloader<EntryTable>> reloaders() {
        return members.stream()
                .map(Member::reloader)
                .filter(reloader -> !reloader.isFixed())
                .toList();
    }

    /** Returns the log lines of what was taken over, to be written without a lock. Thread-safe. */
    public PendingLog log() {
        return log;
    }

    /** Reads all lists again, one after another, and returns the new allow list, or null if it is the same as before. */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    public @Nullable AllowList refresh() {
        AllowList before = list;
        try {
            members.forEach(each -> each.reloader.read().run());
            AllowList now = list();
            return now == before ? null : now;
        } finally {
            log.write();
        }
    }

    /**
     * Returns the allow list, the same object until different content of a list is taken over; null while any list has never been
     * read. If it cannot be made, for want of memory perhaps, the next call tries again.
     */
    public @Nullable AllowList list() {
        boolean complete =
                members.stream().allMatch(each -> each.reloader.value().isPresent());
        if (complete && (list == null || !isListed())) {
            makeList();
        }
        return list;
    }

    /**
     * Returns the time, on the ticker, at which the oldest last complete reading of all lists began. A list that never changes is
     * not counted.
     */
    public long readAt() {
        return members.stream()
                .map(Member::reloader)
                .filter(reloader -> !reloader.isFixed())
                .mapToLong(Reloader::readAt)
                .reduce((one, other) -> one - other < 0 ? one : other)
                .orElseGet(ticker);
    }

    /** Returns whether an allow list of this age may no longer be used. Thread-safe. */
    public boolean isTooOld(long readAt) {
        return policy.maxStaleness() != null && policy.isTooLong(ticker.getAsLong() - readAt);
    }

    /** Returns the state of each list. Thread-safe. */
    public List<StoreState> states() {
        return members.stream().map(each -> each.reloader.state()).toList();
    }

    /** Calls an action with the location and each entry in force that has an end; those of deny lists are left out. Thread-safe. */
    public void forEachEnding(BiConsumer<String, Entry> action) {
        members.stream()
                .filter(each -> each.purpose != Purpose.DENY)
                .forEach(each ->
                        each.entries().ending().forEach(entry -> action.accept(each.reloader.location(), entry)));
    }

    /** Returns a summary for the log, such as {@code [thumbprints] 3 entries loaded 2026-01-01T09:14:02Z}. Thread-safe. */
    public String summary() {
        return members.stream().map(each -> each.reloader.summary()).collect(Collectors.joining(", "));
    }

    /** Compares with the tables of the last allow list that was made: one that could not be made then is due now. */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    private boolean isListed() {
        if (listed.size() != members.size()) {
            return false;
        }
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).entries() != listed.get(i)) {
                return false;
            }
        }
        return true;
    }

    private void makeList() {
        List<EntryTable> tables = members.stream().map(Member::entries).toList();
        SharedLabels.warn(
                members.stream()
                        .filter(each -> each.purpose != Purpose.DENY)
                        .map(each -> new SharedLabels.Source(each.reloader.location(), each.entries()))
                        .toList(),
                log);
        AllowList now = new AllowList(tables(Purpose.SETTING), tables(Purpose.STORE), tables(Purpose.DENY), identities);
        takeMarks(list, now);
        list = now;
        listed = tables;
    }

    /** Which entries have been matched is for monitoring; a failure here must not keep the new list out of force. */
    private static void takeMarks(@Nullable AllowList before, AllowList now) {
        try {
            if (before != null) {
                now.continueFrom(before);
            }
        } catch (Throwable e) {
            // Entries count as unmatched until the next request matches them.
        }
    }

    private List<EntryTable> tables(Purpose purpose) {
        return members.stream()
                .filter(each -> each.purpose == purpose)
                .map(Member::entries)
                .toList();
    }
}
