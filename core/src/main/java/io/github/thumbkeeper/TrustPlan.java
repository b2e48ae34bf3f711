/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.store.Material;
import io.github.thumbkeeper.store.NamedCertificate;
import io.github.thumbkeeper.trust.OnlineSources;
import io.github.thumbkeeper.trust.RevocationList;
import io.github.thumbkeeper.trust.ValidityDates;
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
public record TrustPlan(
        Material<NamedCertificate> store,
        ValidityDates dates,
        boolean revocation,
        List<Material<RevocationList>> lists,
        ListJudge judge,
        @Nullable OnlineSources online) {
    public TrustPlan {
        lists = List.copyOf(lists);
    }
}
