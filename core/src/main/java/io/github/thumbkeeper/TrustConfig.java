/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.certificate.x509.SignatureAlgorithm;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.trust.ValidityDates;
import io.github.thumbkeeper.trust.revocation.Crl;
import io.github.thumbkeeper.trust.revocation.OnlineRevocation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Configuration of how certificates are verified.
 *
 * @param store reads the trust anchors
 * @param dates checks the dates of clients' certificates
 * @param signatures the allowed signature algorithms of issuers in a path; empty to allow all
 * @param revocation whether to check that certificates are not revoked
 * @param lists read CRLs from files
 * @param judge refuses CRLs that no trust anchor has signed
 * @param online asks OCSP responders and distribution points, or null if neither is used
 */
public record TrustConfig(
        Loader<List<NamedCertificate>> store,
        ValidityDates dates,
        Set<SignatureAlgorithm> signatures,
        boolean revocation,
        List<Loader<List<Crl>>> lists,
        TrustedCrlFilter judge,
        @Nullable OnlineRevocation online) {
    public TrustConfig {
        signatures = Set.copyOf(signatures);
        lists = List.copyOf(lists);
    }
}
