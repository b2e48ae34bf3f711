/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.Refusals;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
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

    @Test
    void countsEachDecisionOfManyThreadsOnce() throws Exception {
        Counters counters = new Counters();
        int threads = 4;
        int each = 50_000;
        Verdict.Admitted admitted = new Verdict.Admitted(new Identity("alice", null, Set.of(), ""));
        Refusal refused = Refusals.of(Reason.EXPIRED, null);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(executor.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        counters.admitted(admitted);
                        counters.refused(refused);
                    }
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(counters.admitted()).isEqualTo((long) threads * each);
        assertThat(counters.refused(Reason.EXPIRED)).isEqualTo((long) threads * each);
    }
}
