/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.certificate.x509.DistinguishedNames;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.observe.Expiry;
import io.github.thumbkeeper.store.PendingLog;
import io.github.thumbkeeper.store.Reloader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.StoreState;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.trust.PathCheck;
import io.github.thumbkeeper.trust.TrustCheck;
import io.github.thumbkeeper.trust.TrustedCertificates;
import io.github.thumbkeeper.trust.revocation.Crl;
import io.github.thumbkeeper.trust.revocation.RevocationCheck;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Trust anchors and CRLs of a gate, which are read again when they change, and the checks made of them.
 *
 * <p>Not thread-safe, except where a method says so: called under the lock of the gate.
 *
 * @see Reloader
 */
public final class ReloadingTrust {

    private static final String NO_ROOT = "has no self-signed certificate, which every path must end in; add the root";

    private final @Nullable Following following;
    private final PendingLog log;
    private volatile @Nullable TrustSnapshot trust;

    private ReloadingTrust(@Nullable Following following, PendingLog log, @Nullable TrustSnapshot trust) {
        this.following = following;
        this.log = log;
        this.trust = trust;
    }

    /** Returns a check that never changes; null for none. */
    public static ReloadingTrust of(@Nullable TrustCheck check) {
        return new ReloadingTrust(null, new PendingLog(LogTopic.STORE), new TrustSnapshot(check, null, Set.of()));
    }

    /**
     * Returns checks that follow a trust store and CRLs.
     *
     * @param clock determines what has expired
     * @param ticker a monotonic clock, such as {@link System#nanoTime}
     */
    public static ReloadingTrust of(TrustConfig plan, InstantSource clock, LongSupplier ticker) {
        PendingLog log = new PendingLog(LogTopic.STORE);
        return new ReloadingTrust(new Following(plan, log, clock, ticker), log, null);
    }

    /**
     * Reads the trust store and the CRLs for the first time.
     *
     * @param startWithout whether to start, and refuse every request, while they cannot be read
     * @throws StoreException if they cannot be read completely, or the trust store has no root
     */
    void open(boolean startWithout) throws StoreException {
        if (following != null) {
            try {
                following.open(startWithout);
                trust = following.trust(trust);
            } finally {
                log.write();
            }
        }
    }

    /** Returns the reloaders of the trust store and the CRLs. Thread-safe. */
    List<Reloader<?>> reloaders() {
        return List.copyOf(all());
    }

    /** Returns the log lines of what was taken over, to be written without a lock. Thread-safe. */
    PendingLog log() {
        return log;
    }

    /** Puts new checks into force, if the trust store or a CRL has changed. */
    void renew() {
        if (following != null) {
            following.takeStore();
            trust = following.trust(trust);
        }
    }

    /** Returns the checks in force, the same object until they change; null if a file was never read. Thread-safe. */
    @Nullable
    TrustSnapshot trust() {
        return trust;
    }

    /** Returns the earliest of a time on the ticker and the times of the last complete readings. */
    long olderOf(long readAt) {
        long oldest = readAt;
        for (Reloader<?> each : all()) {
            oldest = each.readAt() - oldest < 0 ? each.readAt() : oldest;
        }
        return oldest;
    }

    /** Returns the state of each file. Thread-safe. */
    List<StoreState> states() {
        return all().stream().map(Reloader::state).toList();
    }

    /** Returns a summary for the log; empty if there is no trust store. Thread-safe. */
    String summary() {
        return following == null ? "" : "trusted: " + String.join(", ", following.summaries());
    }

    /** Calls an action with the end of each trusted certificate and each CRL in force. Thread-safe. */
    void forEachEnding(Consumer<Expiry> action) {
        if (following != null) {
            following.forEachEnding(action);
        }
    }

    private List<Reloader<?>> all() {
        return following == null ? List.of() : following.all;
    }

    /** The reloaders, and the checks that were made last. */
    private static final class Following {
        private final TrustConfig plan;
        private final InstantSource clock;
        private final Reloader<List<NamedCertificate>> store;
        private final List<Reloader<List<Crl>>> lists;
        private final List<Reloader<?>> all = new ArrayList<>();
        private @Nullable List<NamedCertificate> readStore;
        private List<Crl> readLists = List.of();
        private TrustedCertificates certificates = new TrustedCertificates(List.of());
        private @Nullable TrustedCertificates inForce;

        Following(TrustConfig plan, PendingLog log, InstantSource clock, LongSupplier ticker) {
            this.plan = plan;
            this.clock = clock;
            this.store = Reloader.ofItems(plan.store(), "certificates", Following::objection, log, clock, ticker);
            this.lists = plan.lists().stream()
                    .map(list -> Reloader.ofItems(list, "CRLs", items -> null, log, clock, ticker))
                    .toList();
            all.add(store);
            all.addAll(lists);
        }

        void open(boolean startWithout) throws StoreException {
            store.open(startWithout);
            takeStore();
            for (Reloader<List<Crl>> list : lists) {
                list.open(startWithout);
            }
        }

        List<String> summaries() {
            return Stream.concat(Stream.of(store.summary()), lists.stream().map(list -> list.summary()))
                    .toList();
        }

        /** Returns the checks of the present values: {@code before} itself if they have not changed, null if any was never read. */
        @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
        @Nullable
        TrustSnapshot trust(@Nullable TrustSnapshot before) {
            if (all.stream().anyMatch(each -> each.value().isEmpty())) {
                return null;
            }
            List<Crl> read = readLists();
            if (before != null && certificates == inForce && isSame(read, readLists)) {
                return before;
            }
            RevocationCheck revocation = plan.revocation() ? new RevocationCheck(read, plan.online()) : null;
            TrustSnapshot now = new TrustSnapshot(
                    new PathCheck(certificates, plan.dates(), plan.signatures()), revocation, certificates.labels());
            // The marks are set last: without memory for the checks, the next turn tries again.
            inForce = certificates;
            readLists = read;
            return now;
        }

        private List<Crl> readLists() {
            List<Crl> read = new ArrayList<>();
            for (Reloader<List<Crl>> list : lists) {
                list.value().ifPresent(read::addAll);
            }
            return read;
        }

        /** Compares the CRLs by identity: a {@link Crl} has no equality of its own. */
        private static boolean isSame(List<Crl> one, List<Crl> other) {
            return one.equals(other);
        }

        @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
        void takeStore() {
            List<NamedCertificate> now = store.value().orElse(null);
            if (now == null || now == readStore) {
                return;
            }
            TrustedCertificates next = certificates(now);
            plan.judge().trust(next);
            certificates = next;
            readStore = now;
            certificates
                    .warnings(DistinguishedNames::subjectOf, clock.instant())
                    .forEach(store::remark);
            if (certificates.hasNoRoot()) {
                store.remark(NO_ROOT + "; until then every request is refused");
            }
        }

        void forEachEnding(Consumer<Expiry> action) {
            store.value().orElse(List.of()).forEach(each -> {
                String label = each.label();
                action.accept(new Expiry(
                        Expiry.Kind.TRUST_ANCHOR,
                        store.location(),
                        label == null ? DistinguishedNames.subjectOf(each.certificate()) : label,
                        each.certificate().getNotAfter().toInstant()));
            });
            for (Reloader<List<Crl>> list : lists) {
                list.value()
                        .orElse(List.of())
                        .forEach(crl -> action.accept(
                                new Expiry(Expiry.Kind.CRL, list.location(), crl.issuerName(), crl.nextUpdate())));
            }
        }

        private static @Nullable String objection(List<NamedCertificate> items) {
            return certificates(items).hasNoRoot() ? NO_ROOT : null;
        }

        private static TrustedCertificates certificates(List<NamedCertificate> named) {
            return new TrustedCertificates(named.stream()
                    .map(one -> new TrustedCertificates.Labelled(one.label(), one.certificate()))
                    .toList());
        }
    }
}
