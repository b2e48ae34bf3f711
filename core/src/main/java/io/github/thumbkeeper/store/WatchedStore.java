/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.DigestKind;
import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.store.CertificateStore.Purpose;
import io.github.thumbkeeper.store.FailureLog.Trouble;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One store with its last good contents, and the log of what happens to it.
 *
 * <p>{@link Refreshable} says which thread may call what.
 */
final class WatchedStore extends Refreshable {

    private final CertificateStore store;
    private final IdentityMapper identities;
    private final ReloadPolicy rules;
    private final StoreLog log;
    private @Nullable Reading last;
    private volatile @Nullable Contents contents;
    private volatile Instant loaded = Instant.EPOCH;

    /** What the store gave, and what of it may come into force. */
    private record Reading(Contents given, Contents checked, long startedAt) {
        Reading at(long time) {
            return new Reading(given, checked, time);
        }
    }

    WatchedStore(
            CertificateStore store,
            IdentityMapper identities,
            ReloadPolicy rules,
            InstantSource clock,
            LongSupplier ticker,
            StoreLog log) {
        super(clock, ticker, log);
        this.store = store;
        this.identities = identities;
        this.rules = rules;
        this.log = log;
    }

    @Override
    public String location() {
        return store.location();
    }

    @Override
    public boolean isFixed() {
        return store.isFixed();
    }

    Purpose purpose() {
        return store.purpose();
    }

    /** Returns what is in force, or null if the store has never been read. Safe to call from any thread. */
    @Nullable
    Contents contents() {
        return contents;
    }

    EntryTable entries() {
        Contents now = contents;
        return now == null ? EntryTable.empty() : now.entries();
    }

    /** Safe to call from any thread. */
    String summary() {
        return "[" + location() + "] "
                + (contents == null ? "not read yet" : entries().size() + what() + " loaded " + loaded);
    }

    private String what() {
        return purpose() == Purpose.DENY ? " denied" : " entries";
    }

    @Override
    public StoreState state() {
        Duration age = contents == null ? null : age();
        return new StoreState(location(), entries().size(), age, isFailing());
    }

    private Duration age() {
        return isFixed() ? Duration.ZERO : Duration.ofNanos(ticker.getAsLong() - readAt());
    }

    /** Reads the store for the first time. */
    void open() throws StoreException {
        take(load());
    }

    @Override
    Runnable readOnce() throws StoreException {
        Reading now = load();
        return () -> take(now);
    }

    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    private void take(Reading now) {
        last = now;
        Contents before = contents;
        List<Trouble> wrong = new ArrayList<>();
        if (before != null
                && rules.forbidShrinking(
                        before.entries().size(), now.checked.entries().size())) {
            wrong.add(shrunk(before, now.checked));
        } else if (now.checked != before) {
            accept(now.checked);
        }
        now.checked.failures().forEach(part -> wrong.add(trouble(part)));
        taken(now.startedAt, wrong, "[" + location() + "] lists " + entries().size() + " entries");
    }

    /** A store that fails in an unforeseen way has failed like any other: what it listed before stays in force. */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    private Reading load() throws StoreException {
        long now = ticker.getAsLong();
        Reading before = contents == null ? null : last;
        try {
            Contents given = store.load(before == null ? null : before.given);
            return before != null && given == before.given ? before.at(now) : new Reading(given, checked(given), now);
        } catch (StoreException e) {
            throw e;
        } catch (Throwable e) {
            throw new StoreException(
                    location(), "could not be read: " + e.getClass().getName(), e);
        }
    }

    private Contents checked(Contents given) throws StoreException {
        requireKnown(given.entries());
        if (purpose() == Purpose.DENY) {
            return given;
        }
        requireStrong(given.entries());
        if (contents == null) {
            requireWhole(given);
        }
        return Duplicates.resolve(location(), given);
    }

    /** An entry of another kind could never be found, and one that denies would not. */
    private void requireKnown(EntryTable entries) throws StoreException {
        if (rules.sha256Only() && !entries.kinds().allMatch(DigestKind.SHA256::equals)) {
            throw StoreException.misconfigured(
                    location(),
                    "lists something other than SHA-256 thumbprints, which are all that is known of a certificate with"
                            + " [xfccHashOnly=true]");
        }
    }

    private void requireStrong(EntryTable entries) throws StoreException {
        if (!entries.kinds().allMatch(identities::accepts)) {
            CertificateDigest weak = entries.stream()
                    .map(Entry::digest)
                    .filter(digest -> !identities.accepts(DigestKind.of(digest)))
                    .findFirst()
                    .orElseThrow();
            throw StoreException.misconfigured(
                    location(),
                    "lists [" + weak
                            + "], which is too weak for [principal], a name taken from the"
                            + " certificate's subject; accepted are thumbprints of SHA-256 or longer");
        }
    }

    private void requireWhole(Contents first) throws StoreException {
        if (!first.failures().isEmpty()) {
            throw StoreException.all(first.failures());
        }
        if (first.entries().isEmpty() && !rules.allowEmpty()) {
            throw new StoreException(
                    location(),
                    "lists nothing that storeFilter, if set, lets through; name a store with entries, or set"
                            + " allowEmptyStore=true to start and refuse everything",
                    null);
        }
    }

    private void accept(Contents now) {
        contents = now;
        Instant time = clock.instant();
        loaded = time.truncatedTo(ChronoUnit.SECONDS);
        if (now.entries().isEmpty()) {
            String outcome = purpose() == Purpose.DENY
                    ? "nothing it listed is denied any more"
                    : "everything it listed is refused";
            log.write(Level.ERROR, "TK-303 store [" + location() + "] lists nothing now; " + outcome);
        }
        now.warnings().forEach(this::warn);
        if (purpose() != Purpose.DENY) {
            PlannedEnds.passed(now.entries(), time).forEach(this::warn);
        }
    }

    private void warn(String warning) {
        log.write(Level.WARNING, "TK-306 store [" + location() + "] " + warning);
    }

    private Trouble shrunk(Contents before, Contents now) {
        String text = "store [" + location() + "] lists " + now.entries().size() + " entries instead of "
                + before.entries().size() + ", fewer than maxShrinkPercent=" + rules.maxShrinkPercent() + " allows; "
                + kept() + "; a gate that is started anew takes what is there";
        return new Trouble("TK-308", location(), text);
    }

    @Override
    String kept() {
        return contents == null
                ? "it has never been read"
                : "keeping " + entries().size() + " entries from " + loaded;
    }
}
