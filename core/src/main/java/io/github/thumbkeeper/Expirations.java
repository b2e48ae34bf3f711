/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.observe.Expiry;
import io.github.thumbkeeper.source.CertificateSource;
import io.github.thumbkeeper.store.Stores;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything a gate relies on that has an end: listed certificates and entries, trust anchors, CRLs, and the certificates of
 * proxies.
 *
 * <p>Thread-safe. Reads what is in force, without a lock.
 */
public final class Expirations {

    private final Stores stores;
    private final ReloadingTrust trust;
    private final CertificateSource source;

    /** Makes a view of these parts of a gate. */
    public Expirations(Stores stores, ReloadingTrust trust, CertificateSource source) {
        this.stores = stores;
        this.trust = trust;
        this.source = source;
    }

    /** Returns what ends before an instant, soonest first. Looks at every entry that has an end. */
    public List<Expiry> before(Instant time) {
        List<Expiry> found = new ArrayList<>();
        all(each -> {
            if (each.end().isBefore(time)) {
                found.add(each);
            }
        });
        found.sort(Expiry.SOONEST_FIRST);
        return found;
    }

    /** Returns what ends first of all that ends after an instant. */
    Optional<Expiry> soonestAfter(Instant time) {
        List<Expiry> soonest = new ArrayList<>(1);
        all(each -> {
            if (each.end().isAfter(time)
                    && (soonest.isEmpty() || Expiry.SOONEST_FIRST.compare(each, soonest.get(0)) < 0)) {
                soonest.clear();
                soonest.add(each);
            }
        });
        return soonest.stream().findFirst();
    }

    private void all(Consumer<Expiry> action) {
        stores.forEachEnding((location, entry) -> action.accept(expiry(location, entry)));
        trust.forEachEnding(action);
        source.proxyEnds()
                .forEach((thumbprint, end) -> action.accept(
                        new Expiry(Expiry.Kind.PROXY, "trustedProxyThumbprints", thumbprint.toString(), end)));
    }

    private static Expiry expiry(String location, Entry entry) {
        Instant end = Objects.requireNonNull(entry.end());
        String label = entry.label();
        return new Expiry(
                end.equals(entry.until()) ? Expiry.Kind.ENTRY : Expiry.Kind.CERTIFICATE,
                location,
                label == null ? entry.digest().toString() : label,
                end);
    }
}
