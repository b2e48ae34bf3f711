/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import static io.github.thumbkeeper.GateFixture.ALICE;
import static io.github.thumbkeeper.GateFixture.MALLORY;
import static io.github.thumbkeeper.GateFixture.assertAdmitted;
import static io.github.thumbkeeper.GateFixture.assertOutage;
import static io.github.thumbkeeper.GateFixture.assertRefused;
import static io.github.thumbkeeper.GateFixture.decideAlice;
import static io.github.thumbkeeper.GateFixture.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeStore;
import io.github.thumbkeeper.observe.GateListener;
import io.github.thumbkeeper.store.InlineStore;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.ReloadPolicy;
import io.github.thumbkeeper.store.StoreConfig;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each store is read independently: a reading that hangs delays no other, and is logged. */
class ReadingTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration MOST = Duration.ofMinutes(5);

    private final GateFixture fixture = new GateFixture();
    private final FakeStore hanging = new FakeStore("hanging", entry(MALLORY));
    private final CountDownLatch hangs = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);
    private final ExecutorService reader = Executors.newSingleThreadExecutor();
    private final CapturedLog log = new CapturedLog();
    private Future<?> running;

    @AfterEach
    void stop() throws InterruptedException {
        answer.countDown();
        reader.shutdownNow();
        assertThat(reader.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        log.close();
    }

    @Test
    @DisplayName("a certificate removed from one store is refused while another store of the gate hangs")
    void refusesARemovedCertificateWhileAnotherStoreHangs() throws Exception {
        Gate gate = openAndHang();
        assertAdmitted(decideAlice(gate));

        fixture.store.lists(entry(MALLORY));
        read(gate, "clients");

        assertRefused(decideAlice(gate), Reason.NOT_LISTED);
    }

    @Test
    @DisplayName("a second reading of a store does not start while the first is running, and starts when it has ended")
    void doesNotReadAStoreTwiceAtOnce() throws Exception {
        Gate gate = openAndHang();
        assertThat(reading(gate, "hanging").begin()).isFalse();

        answer.countDown();
        running.get(1, TimeUnit.MINUTES);

        assertThat(reading(gate, "hanging").begin()).isTrue();
    }

    @Test
    @DisplayName("a reading that hangs is logged when it is noticed, hourly while it lasts, and when it ends")
    void logsAReadingThatHangs() throws Exception {
        Gate gate = openAndHang();
        fixture.clock.advance(LIMIT.minusNanos(1));
        gate.watch(LIMIT);
        assertThat(log.lines(Level.SEVERE)).isEmpty();
        assertThat(failing(gate, "hanging")).isFalse();

        fixture.clock.advance(Duration.ofNanos(1));
        gate.watch(LIMIT);
        gate.watch(LIMIT);
        assertThat(log.lines(Level.SEVERE))
                .singleElement()
                .asString()
                .contains("TK-312 store [hanging] has been read for 30 s", "keeping 1 entry from ");
        assertThat(failing(gate, "hanging")).isTrue();
        fixture.clock.advance(Duration.ofHours(1));
        gate.watch(LIMIT);
        assertThat(log.lines(Level.SEVERE)).hasSize(2).last().asString().contains("has been read for 3630 s");

        answer.countDown();
        running.get(1, TimeUnit.MINUTES);
        gate.watch(LIMIT);
        assertThat(log.lines(Level.SEVERE)).hasSize(2);
        assertThat(log.lines(Level.INFO)).singleElement().asString().contains("TK-304 store [hanging] recovered");
        assertThat(failing(gate, "hanging")).isFalse();
    }

    @Test
    @Timeout(60)
    @DisplayName(
            "a log handler that hangs holds up one thread only: a certificate removed from another store is refused")
    void refusesARemovedCertificateWhileALogHandlerHangs() throws Exception {
        fixture.stores = GateFixture.admitting(fixture.store, hanging);
        Gate gate = fixture.open();
        hanging.fails("is away");
        try (CapturedLog stuck =
                new CapturedLog(line -> hangAt(line.getMessage().contains("TK-301 store [hanging]")))) {
            assertThat(reading(gate, "hanging").begin()).isTrue();
            running = reader.submit(reading(gate, "hanging"));
            await(hangs);
            fixture.store.lists(entry(MALLORY));
            read(gate, "clients");

            assertRefused(decideAlice(gate), Reason.NOT_LISTED);
            assertTurnHasEnded(gate);
            fixture.store.fails("is away too");
            read(gate, "clients");
            gate.watch(LIMIT);
            answer.countDown();
            running.get(1, TimeUnit.MINUTES);
            assertThat(stuck.lines(Level.SEVERE))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("TK-301 store [clients] is away too");
        }
    }

    @Test
    @Timeout(60)
    @DisplayName("a listener that hangs holds up one thread only: a certificate removed from another store is refused")
    void refusesARemovedCertificateWhileAListenerHangs() throws Exception {
        AtomicInteger refreshes = new AtomicInteger();
        fixture.first = new GateListener() {
            @Override
            public void refreshed(Verdict.Refused outage) {
                hangAt(refreshes.incrementAndGet() == 2);
            }
        };
        fixture.stores = GateFixture.admitting(fixture.store, hanging);
        Gate gate = fixture.open();
        assertThat(reading(gate, "hanging").begin()).isTrue();
        running = reader.submit(reading(gate, "hanging"));
        await(hangs);
        fixture.store.lists(entry(MALLORY));
        read(gate, "clients");

        assertRefused(decideAlice(gate), Reason.NOT_LISTED);
        assertTurnHasEnded(gate);
        answer.countDown();
        running.get(1, TimeUnit.MINUTES);
        assertThat(refreshes)
                .as("the thread that hung informs of the later reading")
                .hasValueGreaterThan(2);
    }

    private void hangAt(boolean moment) {
        if (moment) {
            hangs.countDown();
            await(answer);
        }
    }

    private static void assertTurnHasEnded(Gate gate) {
        assertThat(reading(gate, "hanging").begin()).isTrue();
        reading(gate, "hanging").run();
    }

    @Test
    @DisplayName("a turn whose thread never runs is logged like a reading that hangs")
    void logsAThreadThatNeverRuns() {
        Gate gate = fixture.open();
        assertThat(reading(gate, "clients").begin()).isTrue();

        fixture.clock.advance(LIMIT);
        gate.watch(LIMIT);

        assertThat(log.lines(Level.SEVERE)).singleElement().asString().contains("TK-312 store [clients]");
    }

    @Test
    @DisplayName("the list grows old while one store hangs, however often the others are read")
    void refusesEverythingWhenAStoreHangsForTooLong() throws Exception {
        fixture.rules = new ReloadPolicy(false, false, 100, MOST);
        Gate gate = openAndHang();
        fixture.clock.advance(MOST.plusNanos(1));
        read(gate, "clients");
        assertOutage(decideAlice(gate), Reason.STALE_LIST);

        answer.countDown();
        running.get(1, TimeUnit.MINUTES);
        // Its reading began before that time.
        assertOutage(decideAlice(gate), Reason.STALE_LIST);
        read(gate, "hanging");
        assertAdmitted(decideAlice(gate));
    }

    @Test
    @DisplayName("the result of a reading that ends after the gate is neither put into force nor logged")
    void takesNothingOverAfterTheEnd() throws Exception {
        Gate gate = openAndHang(entry(ALICE));
        fixture.store.lists(entry(MALLORY));
        read(gate, "clients");
        fixture.clock.advance(LIMIT);
        gate.watch(LIMIT);
        log.clear();
        GateState before = gate.state();
        gate.stopRefreshing();

        answer.countDown();
        running.get(1, TimeUnit.MINUTES);
        gate.watch(LIMIT);
        reading(gate, "clients").fail(new IllegalStateException("late"));

        assertRefused(decideAlice(gate), Reason.NOT_LISTED);
        assertThat(gate.state())
                .usingRecursiveComparison()
                .ignoringFields("stores.duration")
                .isEqualTo(before);
        assertThat(log.lines()).isEmpty();
    }

    @Test
    @DisplayName("a store for which there is no thread is logged as failing, and tried again")
    void triesAgainIfThereIsNoThread() {
        Gate gate = fixture.open();
        fixture.store.lists(entry(MALLORY));
        assertThat(reading(gate, "clients").begin()).isTrue();
        reading(gate, "clients").fail(new OutOfMemoryError("unable to create native thread"));
        gate.watch(LIMIT);

        assertThat(log.lines(Level.SEVERE))
                .singleElement()
                .asString()
                .contains("TK-301 store [clients]", "unable to create native thread");
        read(gate, "clients");
        assertRefused(decideAlice(gate), Reason.NOT_LISTED);
    }

    @Test
    @DisplayName("a list in the settings is never read again, and never grows old")
    void readsNothingThatNeverChanges() {
        fixture.rules = new ReloadPolicy(false, false, 100, MOST);
        fixture.stores =
                List.of(StoreConfig.inSettings(new InlineStore("thumbprints", List.of(GateFixture.thumbprint(ALICE)))));
        Gate gate = fixture.open();
        assertThat(gate.readings()).isEmpty();

        fixture.clock.advance(MOST.plusNanos(1));
        gate.watch(LIMIT);

        assertAdmitted(decideAlice(gate));
        assertThat(gate.state().stores().get(0).age()).isZero();
    }

    @Test
    @DisplayName(
            "read by many threads at once and stopped meanwhile: no store is read twice at once, no list comes late")
    void survivesManyThreads() throws Exception {
        AtomicInteger readers = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger rounds = new AtomicInteger();
        fixture.store.reads(previous -> {
            most.accumulateAndGet(readers.incrementAndGet(), Math::max);
            boolean alice = rounds.incrementAndGet() % 2 == 0;
            Loaded<EntryTable> read = FakeStore.loaded(entry(alice ? ALICE : MALLORY));
            readers.decrementAndGet();
            return read;
        });
        fixture.stores = GateFixture.admitting(fixture.store, hanging);
        Gate gate = fixture.open();
        ExecutorService many = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                boolean inTurn = i % 2 == 0;
                all.add(many.submit(() -> {
                    while (rounds.get() < 20_000) {
                        if (inTurn) {
                            gate.refresh();
                        } else if (reading(gate, "clients").begin()) {
                            reading(gate, "clients").run();
                        }
                        gate.watch(LIMIT);
                    }
                }));
            }
            while (rounds.get() < 10_000) {
                Thread.onSpinWait();
            }
            gate.stopRefreshing();
            Class<?> atTheEnd = decideAlice(gate).getClass();
            for (Future<?> each : all) {
                each.get(1, TimeUnit.MINUTES);
            }

            assertThat(most).hasValue(1);
            assertThat(decideAlice(gate).getClass()).isEqualTo(atTheEnd);
            assertThat(log.lines()).noneMatch(line -> line.contains("TK-307") || line.contains("TK-312"));
        } finally {
            many.shutdownNow();
        }
    }

    /** Opens a gate with two stores, and reads one of them, which hangs until the answer, and lists these then. */
    private Gate openAndHang(Entry... then) throws Exception {
        fixture.stores = GateFixture.admitting(fixture.store, hanging);
        Gate gate = fixture.open();
        Loaded<EntryTable> late = FakeStore.loaded(then.length == 0 ? entry(MALLORY) : then[0]);
        hanging.reads(previous -> {
            hangs.countDown();
            await(answer);
            return late;
        });
        assertThat(reading(gate, "hanging").begin()).isTrue();
        running = reader.submit(reading(gate, "hanging"));
        await(hangs);
        return gate;
    }

    private static void read(Gate gate, String location) {
        assertThat(reading(gate, location).begin()).isTrue();
        reading(gate, location).run();
    }

    private static Reading reading(Gate gate, String location) {
        return gate.readings().stream()
                .filter(each -> each.location().equals(location))
                .findFirst()
                .orElseThrow();
    }

    private static boolean failing(Gate gate, String location) {
        return gate.state().stores().stream().anyMatch(store -> store.location().equals(location) && store.failing());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
