/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.Refusals;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CountersTest {

    @Test
    void countsByReason() {
        Counters counters = new Counters();
        assertThat(counters.admitted() + counters.exempt() + counters.refused()).isZero();

        long times = 0;
        for (Reason reason : Reason.values()) {
            times++;
            for (int i = 0; i < times; i++) {
                counters.refused(Refusals.of(reason, null));
            }
            assertThat(counters.refused(reason)).isEqualTo(times);
        }
        counters.admitted(new Verdict.Admitted(new Identity("alice", null, Set.of(), "")));
        counters.exempt(Verdict.Exempt.ANONYMOUS);
        counters.exempt(Verdict.Exempt.CORS_PREFLIGHT);

        assertThat(counters.refused()).isEqualTo(times * (times + 1) / 2);
        assertThat(counters.admitted()).isEqualTo(1);
        assertThat(counters.exempt()).isEqualTo(2);
    }
}
