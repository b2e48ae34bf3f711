/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static io.github.thumbkeeper.GateFixture.ALICE;
import static io.github.thumbkeeper.GateFixture.MALLORY;
import static io.github.thumbkeeper.GateFixture.assertAdmitted;
import static io.github.thumbkeeper.GateFixture.assertRefused;
import static io.github.thumbkeeper.GateFixture.decideAlice;
import static io.github.thumbkeeper.GateFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.testkit.ForeignCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One snapshot: a list takes effect completely and at once, or not at all. */
class GateReloadTest {

    private static final int THREADS = 64;
    private static final TestCertificate STRANGER =
            TestCertificate.named("CN=stranger").build();

    private final GateFixture fixture = new GateFixture();

    static Stream<Throwable> failures() {
        return GateFixture.failures();
    }

    @Test
    @DisplayName("a removed certificate is refused on the very next request with the same object (CVE-2025-68121)")
    void refusesRemovedCertificateAtOnce() {
        Gate gate = fixture.open();
        assertAdmitted(decideAlice(gate));
        assertAdmitted(decideAlice(gate));

        fixture.store.lists(entry(MALLORY));
        assertThat(gate.refresh()).isTrue();

        assertRefused(decideAlice(gate), Reason.NOT_LISTED);
        assertAdmitted(gate.decide(FakeExchange.of(MALLORY.certificate())));
    }

    @Test
    @DisplayName("a certificate of a foreign class is hashed each time: it could return other bytes")
    void hashesForeignCertificatesEachTime() {
        Gate gate = fixture.open();
        byte[][] bytes = {ALICE.der()};
        FakeExchange exchange = FakeExchange.of(new ForeignCertificate(ALICE.certificate(), () -> bytes[0]));

        assertAdmitted(gate.decide(exchange));
        bytes[0] = MALLORY.der();
        assertRefused(gate.decide(exchange), Reason.NOT_LISTED);
        bytes[0] = ALICE.der();
        assertAdmitted(gate.decide(exchange));
    }

    @Test
    @DisplayName("no store, no service: a gate does not open if a store cannot be read (CVE-2026-27586)")
    void doesNotOpenIfTheStoreCannotBeRead() {
        fixture.store.fails("is away");
        assertThatThrownBy(fixture::tryOpen)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("store [clients] is away");

        fixture.store.lists();
        assertThatThrownBy(fixture::tryOpen).hasMessageContaining("store [clients] lists no entries");
    }

    @ParameterizedTest(name = "{0}: the gate does not open, and names the store (row 74)")
    @MethodSource("failures")
    void doesNotOpenWhateverTheStoreThrows(Throwable failure) {
        fixture.store.breaksWith(failure);

        assertThatThrownBy(fixture::tryOpen)
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("store [clients]")
                .cause()
                .hasToString(failure.getClass().getName());
    }

    @ParameterizedTest(name = "{0}: the list stays, and the next refresh works (rows 74, 153)")
    @MethodSource("failures")
    void keepsTheListWhateverTheStoreThrows(Throwable failure) {
        try (CapturedLog log = new CapturedLog()) {
            Gate gate = fixture.open();
            fixture.store.breaksWith(failure);

            assertThat(gate.refresh()).isFalse();
            assertAdmitted(decideAlice(gate));
            assertThat(log.lines(Level.SEVERE)).singleElement().asString().contains("store [clients]");
            fixture.store.lists(entry(MALLORY));
            assertThat(gate.refresh()).isTrue();
            assertRefused(decideAlice(gate), Reason.NOT_LISTED);
        }
    }

    @Test
    @DisplayName("a logger that throws neither keeps a list from taking effect nor stops refreshing (row 154)")
    void appliesTheListWhateverTheLoggerDoes() {
        try (CapturedLog log = new CapturedLog(entry -> {
            throw new IllegalStateException("disk full");
        })) {
            Gate gate = fixture.open();
            fixture.store.fails("is away");
            assertThat(gate.refresh()).isFalse();
            fixture.store.lists();
            assertThat(gate.refresh()).isTrue();
            assertRefused(decideAlice(gate), Reason.NOT_LISTED);
            assertThat(log.lines()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} while a list is taken over: the next refresh repeats it (row 153)")
    @MethodSource("failures")
    void repeatsATakeOverThatFailed(Throwable failure) {
        Gate gate = fixture.open();
        fixture.store.lists(entry(MALLORY));
        fixture.storeTime = () -> GateFixture.sneak(failure);

        try (CapturedLog log = new CapturedLog()) {
            assertThat(gate.refresh()).isFalse();
            assertThat(log.lines(Level.SEVERE)).singleElement().asString().contains("TK-307");
        }
        fixture.storeTime = fixture.clock;

        assertThat(gate.refresh()).isTrue();
        assertRefused(decideAlice(gate), Reason.NOT_LISTED);
    }

    @Test
    void refreshWithoutChangeReturnsFalse() {
        Gate gate = fixture.open();

        assertThat(gate.refresh()).isFalse();
        assertAdmitted(decideAlice(gate));
    }

    @Test
    @DisplayName("1000 lists are swapped under 64 threads, and every verdict is correct (row 146)")
    void decidesCorrectlyWhileListsAreSwapped() throws Exception {
        Gate gate = fixture.open();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        AtomicBoolean stop = new AtomicBoolean();
        // A line for each change would keep the thread that swaps waiting for the console.
        try (CapturedLog quiet = new CapturedLog()) {
            List<Future<Long>> wrong = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                wrong.add(threads.submit(() -> wrongVerdicts(gate, stop)));
            }
            for (int i = 0; i < 1000; i++) {
                fixture.store.lists(
                        i % 2 == 0 ? new Entry[] {entry(ALICE), entry(MALLORY)} : new Entry[] {entry(ALICE)});
                assertThat(gate.refresh()).isTrue();
            }
            stop.set(true);
            for (Future<Long> each : wrong) {
                assertThat(each.get()).isZero();
            }
            assertThat(quiet.changes()).hasSize(1000);
        } finally {
            stop.set(true);
            threads.shutdownNow();
        }
    }

    private static long wrongVerdicts(Gate gate, AtomicBoolean stop) {
        long wrong = 0;
        while (!stop.get()) {
            wrong += decideAlice(gate) instanceof Verdict.Admitted ? 0 : 1;
            wrong += gate.decide(FakeExchange.of(STRANGER.certificate())) instanceof Verdict.Refused ? 0 : 1;
        }
        return wrong;
    }
}
