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
 * Accepts CRLs from files only if they are valid now and signed by a certificate of the trust store. An unusable CRL is discarded;
 * the previous one stays in force. Thread-safe.
 */
public final class TrustedCrlFilter implements CrlFilter<Crl> {

    private final InstantSource clock;
    /** Replaced by a reload of the trust store while other threads read CRLs. */
    private volatile TrustedCertificates trusted = new TrustedCertificates(List.of());

    /** Creates a filter that accepts no CRL until the trust store has been read. */
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
                        + "] is not signed by any certificate of trustStore; expected the CRL of a"
                        + " root or intermediate in trustStore";
    }
}
