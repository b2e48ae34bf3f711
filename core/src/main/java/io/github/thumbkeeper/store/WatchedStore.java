/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.Printable;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One store with its last good contents. Tells the log when a failure begins, every hour while it lasts, and when it ends.
 *
 * <p>Used by one thread at a time.
 */
final class WatchedStore {

    private static final Duration REMINDER = Duration.ofHours(1);

    private final CertificateStore store;
    private final Identities identities;
    private final boolean allowEmpty;
    private final InstantSource clock;
    private final StoreLog log;
    private final Map<String, Instant> failures = new HashMap<>();
    private volatile @Nullable Contents contents;
    private volatile Instant loaded = Instant.EPOCH;

    WatchedStore(CertificateStore store, Identities identities, boolean allowEmpty, InstantSource clock, StoreLog log) {
        this.store = store;
        this.identities = identities;
        this.allowEmpty = allowEmpty;
        this.clock = clock;
        this.log = log;
    }

    String location() {
        return store.location();
    }

    @Nullable
    Contents contents() {
        return contents;
    }

    List<Entry> entries() {
        Contents now = contents;
        return now == null ? List.of() : now.entries();
    }

    /** Safe to call from any thread. */
    String summary() {
        return "[" + location() + "] " + entries().size() + " entries loaded " + loaded;
    }

    void open() throws StoreException {
        Contents now = read();
        if (!now.failures().isEmpty()) {
            throw StoreException.all(now.failures());
        }
        if (now.entries().isEmpty() && !allowEmpty) {
            throw new StoreException(
                    location(),
                    "lists nothing that storeFilter, if set, lets through; name a store with entries, or set"
                            + " allowEmptyStore=true to start and refuse everything",
                    null);
        }
        accept(now);
    }

    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    void refresh() {
        try {
            Contents now = read();
            if (now != contents) {
                accept(now);
            }
            reportEnd(now.failures());
            reportFailures(now.failures());
        } catch (StoreException e) {
            reportFailures(List.of(e));
        }
    }

    /** A store that fails in an unforeseen way has failed like any other: what it listed before stays in force. */
    private Contents read() throws StoreException {
        try {
            Contents now = store.load(contents);
            for (Entry entry : now.entries()) {
                requireStrong(entry);
            }
            return now;
        } catch (StoreException e) {
            throw e;
        } catch (Throwable e) {
            throw new StoreException(location(), "could not be read: " + Printable.text(e.toString()), e);
        }
    }

    private void requireStrong(Entry entry) throws StoreException {
        if (!identities.accept(entry)) {
            throw new StoreException(
                    location(),
                    "lists [" + entry.digest() + "], which is too weak for [principal], a name taken from the"
                            + " certificate's subject; accepted are thumbprints of SHA-256 or longer",
                    null);
        }
    }

    private void accept(Contents now) {
        contents = now;
        loaded = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        if (now.entries().isEmpty()) {
            log.write(
                    Level.ERROR,
                    "TK-303 store [" + location() + "] lists nothing now; everything it listed is refused");
        }
        now.warnings().forEach(warning -> log.write(Level.WARNING, "TK-306 store [" + location() + "] " + warning));
    }

    private void reportFailures(List<StoreException> problems) {
        Instant now = clock.instant();
        for (StoreException problem : problems) {
            Instant last = failures.get(problem.store());
            if (last == null || Duration.between(last, now).abs().compareTo(REMINDER) >= 0) {
                failures.put(problem.store(), now);
                log.write(
                        Level.ERROR,
                        "TK-301 " + problem.getMessage() + "; keeping "
                                + entries().size() + " entries from " + loaded);
            }
        }
    }

    private void reportEnd(List<StoreException> lasting) {
        Set<String> ended = new TreeSet<>(failures.keySet());
        lasting.forEach(problem -> ended.remove(problem.store()));
        failures.keySet().removeAll(ended);
        ended.forEach(place -> log.write(
                Level.INFO,
                "TK-304 store [" + place + "] is no longer in the way: [" + location() + "] lists "
                        + entries().size() + " entries"));
    }
}
