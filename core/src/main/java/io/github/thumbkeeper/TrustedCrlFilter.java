/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.store.CrlFilter;
import io.github.thumbkeeper.trust.TrustedCertificates;
import io.github.thumbkeeper.trust.revocation.Crl;
import java.security.cert.X509CRL;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a certificate revocation list that is read from a file can be used: it must hold now, and a certificate of the trust
 * store must have signed it. Safe to share between threads.
 */
public final class TrustedCrlFilter implements CrlFilter<Crl> {

    private final InstantSource clock;
    /** Changed while lists are read by other threads. */
    private volatile TrustedCertificates trusted = new TrustedCertificates(List.of());

    /** Makes a judge who trusts nobody yet. */
    public TrustedCrlFilter(InstantSource clock) {
        this.clock = clock;
    }

    void trust(TrustedCertificates certificates) {
        trusted = certificates;
    }

    @Override
    public Crl of(X509CRL list) {
        return new Crl(list);
    }

    @Override
    public @Nullable String objection(Crl list) {
        String objection = list.objection(clock.instant());
        if (objection != null) {
            return "of [" + list.issuerName() + "] " + objection;
        }
        return trusted.hasAny(list::isBy)
                ? null
                : "of [" + list.issuerName()
                        + "] is not signed by any certificate of trustStore; accepted is the list of a"
                        + " root or intermediate that stands there";
    }
}
