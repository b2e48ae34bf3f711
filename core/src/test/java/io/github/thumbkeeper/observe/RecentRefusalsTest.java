/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.fakes.Refusals;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RecentRefusalsTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final MovableClock clock = new MovableClock(NOW);
    private final RecentRefusals refusals = new RecentRefusals(clock);

    @Test
    @DisplayName("the last refusal of a certificate gives its reason, time and place in the list")
    void keepsTheLastRefusal() {
        X509Certificate alice = certificate("alice");
        refuse(alice, Reason.NOT_LISTED);
        refuse(certificate("bob"), Reason.NOT_LISTED);
        clock.advance(Duration.ofSeconds(1));
        refuse(alice, Reason.EXPIRED);

        assertThat(refusals.all()).extracting(RefusedCertificate::subject).containsExactly("CN=alice", "CN=bob");
        assertThat(refusals.all().get(0))
                .returns(Reason.EXPIRED, RefusedCertificate::reason)
                .returns(NOW, RefusedCertificate::firstSeen)
                .returns(NOW.plusSeconds(1), RefusedCertificate::lastSeen)
                .returns(2L, RefusedCertificate::count)
                .returns("192.0.2.7", RefusedCertificate::peer);
    }

    @Test
    @DisplayName("a displaced certificate is listed again, as if it were new")
    void startsAgainAfterDisplacement() {
        X509Certificate alice = certificate("alice");
        refuse(alice, Reason.NOT_LISTED);
        List<X509Certificate> others = IntStream.range(0, RecentRefusals.SIZE)
                .mapToObj(i -> certificate("c" + i))
                .toList();
        others.forEach(each -> refuse(each, Reason.NOT_LISTED));
        assertThat(refusals.all())
                .hasSize(RecentRefusals.SIZE)
                .extracting(RefusedCertificate::subject)
                .doesNotContain("CN=alice");

        clock.advance(Duration.ofSeconds(1));
        refuse(alice, Reason.NOT_LISTED);
        assertThat(refusals.all()).hasSize(RecentRefusals.SIZE);
        assertThat(refusals.all().get(0))
                .returns("CN=alice", RefusedCertificate::subject)
                .returns(NOW.plusSeconds(1), RefusedCertificate::firstSeen)
                .returns(1L, RefusedCertificate::count);
        assertThat(refusals.all()).extracting(RefusedCertificate::subject).doesNotContain("CN=c0");
    }

    @Test
    @DisplayName("refusals in many threads are counted, none twice and none left out")
    void countsInManyThreads() throws Exception {
        int threads = 8;
        int each = 20_000;
        List<X509Certificate> clients =
                IntStream.range(0, 4).mapToObj(i -> certificate("c" + i)).toList();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(executor.submit(() -> IntStream.range(0, each)
                        .forEach(i -> refuse(clients.get(i % clients.size()), Reason.NOT_LISTED))));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
        }

        assertThat(refusals.all())
                .hasSize(clients.size())
                .allMatch(one -> one.count() == (long) threads * each / clients.size());
    }

    private void refuse(X509Certificate certificate, Reason reason) {
        refusals.refused(Refusals.of(reason, certificate));
    }

    private static X509Certificate certificate(String name) {
        return TestCertificate.named("CN=" + name).build().certificate();
    }
}
