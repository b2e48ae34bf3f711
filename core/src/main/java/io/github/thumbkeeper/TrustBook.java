/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.certificate.DistinguishedNames;
import io.github.thumbkeeper.store.Material;
import io.github.thumbkeeper.store.NamedCertificate;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.StoreState;
import io.github.thumbkeeper.store.WatchedMaterial;
import io.github.thumbkeeper.trust.PathCheck;
import io.github.thumbkeeper.trust.TrustCheck;
import io.github.thumbkeeper.trust.TrustedCertificate;
import io.github.thumbkeeper.trust.TrustedCertificates;
import io.github.thumbkeeper.trust.ValidityDates;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a gate verifies certificates with: its trust store, which is read again when it changes.
 *
 * <p>Used by one thread at a time, but for what says otherwise.
 */
public final class TrustBook {

    private static final String NO_ROOT =
            "holds no self-signed certificate, and only there a path ends; accepted is a store with the root in it";

    private final @Nullable WatchedMaterial<NamedCertificate> store;
    private final ValidityDates dates;
    private final InstantSource clock;
    private @Nullable List<NamedCertificate> read;
    private volatile @Nullable Trust trust;

    private TrustBook(
            @Nullable WatchedMaterial<NamedCertificate> store,
            ValidityDates dates,
            InstantSource clock,
            @Nullable Trust trust) {
        this.store = store;
        this.dates = dates;
        this.clock = clock;
        this.trust = trust;
    }

    /** Returns a book with a check that never changes, or that asks for nothing. */
    public static TrustBook of(@Nullable TrustCheck check) {
        return new TrustBook(
                null, new ValidityDates(true, true, Duration.ZERO), InstantSource.system(), new Trust(check));
    }

    /**
     * Returns a book that follows a trust store.
     *
     * @param dates how the dates of clients' certificates are checked
     * @param ticker nanoseconds that never run backwards
     */
    public static TrustBook of(
            Material<NamedCertificate> store, ValidityDates dates, InstantSource clock, LongSupplier ticker) {
        WatchedMaterial<NamedCertificate> watched =
                new WatchedMaterial<>(store, items -> certificates(items).hasNoRoot() ? NO_ROOT : null, clock, ticker);
        return new TrustBook(watched, dates, clock, null);
    }

    /**
     * Reads the trust store for the first time.
     *
     * @param startWithout whether to start, and refuse everybody, while it cannot be read
     * @throws StoreException if it cannot be read completely, or no path can end in it
     */
    void open(boolean startWithout) throws StoreException {
        if (store != null) {
            store.open(startWithout);
            take(store);
        }
    }

    /** Looks at the trust store again; while it cannot be read, what it held last stays in force. Never throws. */
    void refresh() {
        if (store != null) {
            store.refresh();
            take(store);
        }
    }

    /** Returns what is in force, the same object until that changes; null if it was never read. Safe to call from any thread. */
    @Nullable
    Trust trust() {
        return trust;
    }

    /** Returns the older of a moment on the ticker and the one at which the trust store was read. */
    long olderOf(long readAt) {
        return store == null || readAt - store.readAt() < 0 ? readAt : store.readAt();
    }

    /** Returns how the trust store is. Safe to call from any thread. */
    List<StoreState> states() {
        return store == null ? List.of() : List.of(store.state());
    }

    /** Returns what there is, for the log; empty if there is nothing. Safe to call from any thread. */
    String summary() {
        return store == null ? "" : "trusted: " + store.summary();
    }

    @SuppressWarnings("ReferenceEquality") // the same object means: nothing has changed
    private void take(WatchedMaterial<NamedCertificate> store) {
        List<NamedCertificate> now = store.items();
        if (now == null || now == read) {
            return;
        }
        TrustedCertificates certificates = certificates(now);
        trust = new Trust(new PathCheck(certificates, dates));
        read = now;
        certificates.warnings(DistinguishedNames::subjectOf, clock.instant()).forEach(store::remark);
        if (certificates.hasNoRoot()) {
            store.remark(NO_ROOT + "; everybody is refused");
        }
    }

    private static TrustedCertificates certificates(List<NamedCertificate> named) {
        return new TrustedCertificates(named.stream()
                .map(one -> new TrustedCertificate(one.label(), one.certificate()))
                .toList());
    }
}
