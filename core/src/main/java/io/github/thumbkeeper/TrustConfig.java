/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.trust.ValidityDates;
import io.github.thumbkeeper.trust.revocation.Crl;
import io.github.thumbkeeper.trust.revocation.OnlineRevocation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What certificates are to be verified with.
 *
 * @param store the trust store
 * @param dates how the dates of clients' certificates are checked
 * @param revocation whether to find out if certificates are revoked
 * @param lists the revocation lists at hand
 * @param judge judges these lists
 * @param online whom to ask else, or null for nobody
 */
public record TrustConfig(
        Loader<List<NamedCertificate>> store,
        ValidityDates dates,
        boolean revocation,
        List<Loader<List<Crl>>> lists,
        TrustedCrlFilter judge,
        @Nullable OnlineRevocation online) {
    public TrustConfig {
        lists = List.copyOf(lists);
    }
}
