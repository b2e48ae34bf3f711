/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.allowlist.AllowList;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.allowlist.ListDecision;
import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import java.util.List;
import java.util.Set;

/** One store as a gate reads it: the list in force and the state. */
final class Watched {

    private final MovableClock clock;
    private final Stores stores;
    private volatile AllowList list;

    Watched(StoreUnderTest part, ReloadPolicy rules, MovableClock clock) throws Exception {
        this.clock = clock;
        IdentityMapper identities = new IdentityMapper(PrincipalSource.LABEL, Set.of());
        stores = new Stores(List.of(StoreConfig.admitting(part.open())), identities, rules, clock, clock::nanoTime);
    }

    Watched open() throws StoreException {
        list = stores.open();
        return this;
    }

    boolean hasList() {
        return list != null;
    }

    /** Reads the store again, as a gate does at each interval. */
    Watched refresh() {
        AllowList now = stores.refresh();
        list = now == null ? list : now;
        return this;
    }

    AllowList list() {
        return list;
    }

    StoreState state() {
        return stores.states().get(0);
    }

    /** Returns the name of the identity of an admitted certificate. */
    String nameOf(TestCertificate certificate) throws Exception {
        return ((ListDecision.Admitted) decision(certificate))
                .verdict()
                .identity()
                .name();
    }

    void assertLists(TestCertificate... certificates) throws Exception {
        assertThat(list.size()).isEqualTo(certificates.length);
        assertThat(state().entries()).isEqualTo(certificates.length);
        for (TestCertificate certificate : certificates) {
            assertThat(decision(certificate)).isInstanceOf(ListDecision.Admitted.class);
        }
    }

    void assertRefuses(TestCertificate certificate) throws Exception {
        assertThat(decision(certificate)).isEqualTo(ListDecision.Refused.of(Reason.NOT_LISTED));
    }

    private ListDecision decision(TestCertificate certificate) throws Exception {
        return list.find(certificate.certificate()).at(clock.instant().toEpochMilli());
    }
}
