/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One store with its last good contents. Tells the log when a failure begins, every hour while it lasts, and when it ends.
 *
 * <p>Used by one thread at a time; only {@link #summary} may be asked by others meanwhile.
 */
final class WatchedStore {

    private static final Duration REMINDER = Duration.ofHours(1);

    private final CertificateStore store;
    private final Identities identities;
    private final boolean allowEmpty;
    private final InstantSource clock;
    private final System.Logger logger = System.getLogger(Stores.class.getName());
    private final Map<String, Instant> failures = new HashMap<>();
    private volatile @Nullable Loaded loaded;

    /** What was read, and when. */
    private record Loaded(Contents contents, Instant at) {}

    WatchedStore(CertificateStore store, Identities identities, boolean allowEmpty, InstantSource clock) {
        this.store = store;
        this.identities = identities;
        this.allowEmpty = allowEmpty;
        this.clock = clock;
    }

    String location() {
        return store.location();
    }

    List<Entry> entries() {
        Contents now = contents();
        return now == null ? List.of() : now.entries();
    }

    String summary() {
        Loaded now = loaded;
        return "[" + location() + "] "
                + (now == null ? "not read yet" : now.contents().entries().size() + " entries loaded " + now.at());
    }

    private Instant loadedAt() {
        Loaded now = loaded;
        return now == null ? Instant.EPOCH : now.at();
    }

    private @Nullable Contents contents() {
        Loaded now = loaded;
        return now == null ? null : now.contents();
    }

    void open() throws StoreException {
        Contents now = read();
        if (now.entries().isEmpty() && !allowEmpty) {
            throw new StoreException(
                    location(),
                    "lists nothing; name a store with entries, or set allowEmptyStore=true to start and refuse everything",
                    null);
        }
        accept(now);
    }

    /** Returns whether the contents have changed. */
    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    boolean refresh() {
        List<StoreException> problems = new ArrayList<>();
        boolean changed = false;
        try {
            Contents now = read();
            problems.addAll(now.failures());
            changed = now != contents();
            if (changed) {
                accept(now);
            }
        } catch (StoreException e) {
            problems.add(e);
        }
        report(problems);
        return changed;
    }

    /** A store that fails in an unforeseen way has failed like any other: what it listed before stays in force. */
    private Contents read() throws StoreException {
        Contents now;
        try {
            now = store.load(contents());
        } catch (RuntimeException | LinkageError | StackOverflowError | OutOfMemoryError e) {
            throw new StoreException(location(), "could not be read: " + e, e);
        }
        for (Entry entry : now.entries()) {
            if (!identities.accept(entry)) {
                throw new StoreException(
                        location(),
                        "lists [" + entry.digest()
                                + "], which is too weak for a principal taken from the certificate's "
                                + "subject; accepted are thumbprints of SHA-256 or longer",
                        null);
            }
        }
        return now;
    }

    private void accept(Contents now) {
        if (now.entries().isEmpty()) {
            logger.log(
                    Level.ERROR, "TK-303 store [{0}] lists nothing now; everything it listed is refused", location());
        }
        now.warnings().forEach(warning -> logger.log(Level.WARNING, "TK-306 store [{0}] {1}", location(), warning));
        loaded = new Loaded(now, clock.instant().truncatedTo(ChronoUnit.SECONDS));
    }

    private void report(List<StoreException> problems) {
        boolean failedBefore = !failures.isEmpty();
        Instant now = clock.instant();
        failures.keySet()
                .retainAll(problems.stream().map(StoreException::getMessage).toList());
        for (StoreException problem : problems) {
            Instant last = failures.get(problem.getMessage());
            if (last == null || !now.isBefore(last.plus(REMINDER))) {
                failures.put(String.valueOf(problem.getMessage()), now);
                logger.log(
                        Level.ERROR,
                        "TK-301 {0}; keeping {1} entries from {2}",
                        problem.getMessage(),
                        entries().size(),
                        loadedAt());
            }
        }
        if (failedBefore && problems.isEmpty()) {
            logger.log(
                    Level.INFO,
                    "TK-304 store [{0}] can be read again: {1} entries",
                    location(),
                    entries().size());
        }
    }
}
