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
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeExchange;
import io.github.thumbkeeper.fakes.FakeStore;
import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.observe.GateListener;
import io.github.thumbkeeper.observe.OutageLog;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.ReloadPolicy;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.StoreState;
import io.github.thumbkeeper.verdict.Reason;
import io.github.thumbkeeper.verdict.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Checks that every request gets 503 without a list, or with a list that is too old. */
class GateOutageTest {

    private static final Duration MOST = Duration.ofMinutes(5);
    private static final ReloadPolicy START_WITHOUT = new ReloadPolicy(false, true, 100, null);
    private static final ReloadPolicy NOT_OLDER = new ReloadPolicy(false, false, 100, MOST);

    private final GateFixture fixture = new GateFixture();
    private final FakeStore other = new FakeStore("other", entry(MALLORY));
    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    @DisplayName("a gate does not start while a store is down, by default (row 150)")
    void refusesToStartByDefault() {
        fixture.store.fails("is away");

        assertThatThrownBy(fixture::tryOpen).hasMessageContaining("store [clients] is away");
    }

    @ParameterizedTest(name = "mode {0}: until there is a list every request gets 503 (row 150)")
    @EnumSource
    void refusesEveryRequestUntilThereIsAList(Mode mode) {
        fixture.mode = mode;
        fixture.anonymous = true;
        fixture.corsPreflight = true;
        fixture.exclude = List.of("/public/*");
        fixture.rules = START_WITHOUT;
        fixture.store.fails("is away");
        Gate gate = fixture.open();
        FakeExchange preflight = FakeExchange.withoutCertificate()
                .method("OPTIONS")
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "PUT");

        assertOutage(decideAlice(gate), Reason.NO_LIST);
        assertOutage(gate.decide(FakeExchange.withoutCertificate()), Reason.NO_LIST);
        assertOutage(gate.decide(FakeExchange.withoutCertificate().path("", "/public/x", "/public/x")), Reason.NO_LIST);
        assertOutage(gate.decide(preflight), Reason.NO_LIST);
        assertThat(gate.refresh()).isFalse();
        assertOutage(decideAlice(gate), Reason.NO_LIST);
        assertThat(fixture.counters.refused(Reason.NO_LIST)).isEqualTo(5);
        assertThat(fixture.counters.admitted() + fixture.counters.exempt()).isZero();
    }

    @Test
    @DisplayName("the gate recovers at the next refresh, and decides requests from then on")
    void recoversByItself() {
        fixture.rules = START_WITHOUT;
        fixture.store.fails("is away");
        Gate gate = fixture.open();
        fixture.store.lists(entry(ALICE));

        assertOutage(decideAlice(gate), Reason.NO_LIST);
        assertThat(gate.refresh()).isTrue();
        assertAdmitted(decideAlice(gate));
        assertRefused(gate.decide(FakeExchange.of(MALLORY.certificate())), Reason.NOT_LISTED);
        fixture.store.fails("is away again");
        gate.refresh();
        assertAdmitted(decideAlice(gate));
    }

    @Test
    @DisplayName("one of several stores is down: none is used until all have been read once")
    void waitsForAllStores() {
        fixture.rules = START_WITHOUT;
        fixture.stores = GateFixture.admitting(fixture.store, other);
        other.fails("is away");
        Gate gate = fixture.open();
        assertThat(gate.refresh()).isFalse();
        assertOutage(decideAlice(gate), Reason.NO_LIST);
        assertThat(log.lines()).noneMatch(line -> line.contains("TK-307"));

        other.lists(entry(MALLORY));
        fixture.store.fails("is away now");
        assertThat(gate.refresh()).isTrue();

        assertAdmitted(decideAlice(gate));
    }

    @Test
    @DisplayName("neither an empty store, unless allowed, nor a part of a store is enough")
    void emptyStoreIsNotThereYet() {
        fixture.rules = START_WITHOUT;
        fixture.store.lists();
        Gate gate = fixture.open();
        gate.refresh();
        assertOutage(decideAlice(gate), Reason.NO_LIST);

        fixture.store.reads(previous -> new Loaded<>(
                EntryTable.of(List.of(entry(ALICE))),
                List.of(),
                List.of(new StoreException("clients/x", "is bad", null)),
                ""));
        gate.refresh();
        assertOutage(decideAlice(gate), Reason.NO_LIST);
        fixture.rules = new ReloadPolicy(true, true, 100, null);
        fixture.store.lists();
        assertRefused(decideAlice(fixture.open()), Reason.NOT_LISTED);
    }

    @Test
    @DisplayName("the outage is logged once, hourly and when it ends; not for each request")
    void logsTheOutageOnceHourlyAndAtTheEnd() {
        fixture.rules = START_WITHOUT;
        fixture.store.fails("is away");
        fixture.first = new OutageLog(GateName.NONE, () -> "summary", fixture.clock);
        Gate gate = fixture.open();
        Verdict verdict = decideAlice(gate);
        for (int minute = 0; minute < 120; minute++) {
            decideAlice(gate);
            gate.refresh();
            fixture.clock.advance(Duration.ofMinutes(1));
        }
        String id = ((Verdict.Refused) verdict).response().id().toString();
        assertThat(log.lines(Level.SEVERE))
                .filteredOn(line -> line.contains("TK-309"))
                .hasSize(2)
                .allMatch(line -> line.contains("every request gets 503") && line.endsWith("urn:uuid:" + id));
        assertThat(log.lines(Level.SEVERE))
                .filteredOn(line -> line.contains("TK-301"))
                .hasSize(2)
                .allMatch(line -> line.contains("store [clients] is away; it has never been read"));
        log.clear();

        fixture.store.lists(entry(ALICE));
        gate.refresh();
        gate.refresh();
        assertThat(log.lines())
                .filteredOn(line -> line.contains("TK-311"))
                .singleElement()
                .asString()
                .isEqualTo("INFO TK-311 the outage is over, requests are decided again; listed: summary");
        assertThat(log.lines(Level.SEVERE)).isEmpty();
    }

    @Test
    @DisplayName(
            "a store deleted while it runs: the last good list, and after maxStaleness 503 until it is back (row 149)")
    void refusesWithAnOldList() {
        fixture.rules = NOT_OLDER;
        fixture.exclude = List.of("/public/*");
        fixture.mode = Mode.REPORT;
        Gate gate = fixture.open();
        fixture.store.fails("does not exist");

        fixture.clock.advance(MOST);
        gate.refresh();
        assertAdmitted(decideAlice(gate));
        fixture.clock.advance(Duration.ofNanos(1));
        assertOutage(decideAlice(gate), Reason.STALE_LIST);
        assertOutage(
                gate.decide(FakeExchange.withoutCertificate().path("", "/public/x", "/public/x")), Reason.STALE_LIST);
        fixture.store.lists(entry(ALICE));
        gate.refresh();
        assertAdmitted(decideAlice(gate));
    }

    @Test
    @DisplayName("without maxStaleness the last good list stays without limit (row 149)")
    void keepsTheListForEverByDefault() {
        Gate gate = fixture.open();
        fixture.store.fails("does not exist");
        // The certificate itself expires within the year.
        fixture.clock.advance(Duration.ofHours(12));
        gate.refresh();

        assertAdmitted(decideAlice(gate));
    }

    @Test
    @DisplayName("a store that was read again without a change is fresh")
    void unchangedIsFresh() {
        fixture.rules = NOT_OLDER;
        Gate gate = fixture.open();
        for (int i = 0; i < 10; i++) {
            fixture.clock.advance(MOST);
            gate.refresh();
        }

        assertAdmitted(decideAlice(gate));
    }

    @Test
    @DisplayName("the oldest store counts, including an unreadable part")
    void theOldestStoreCounts() {
        fixture.rules = NOT_OLDER;
        fixture.stores = GateFixture.admitting(fixture.store, other);
        Gate gate = fixture.open();
        Loaded<EntryTable> partly = new Loaded<>(
                EntryTable.of(List.of(entry(MALLORY))),
                List.of(),
                List.of(new StoreException("other/x", "is bad", null)),
                "");
        other.reads(previous -> partly);
        fixture.clock.advance(MOST.plusNanos(1));
        gate.refresh();

        assertOutage(decideAlice(gate), Reason.STALE_LIST);
    }

    @Test
    @DisplayName("setting the clock changes the age of no list (row 155)")
    void ageIsMonotonic() {
        fixture.rules = NOT_OLDER;
        Gate gate = fixture.open();
        Instant now = fixture.clock.instant();
        fixture.clock.set(now.plus(Duration.ofHours(1)));
        assertAdmitted(decideAlice(gate));

        fixture.clock.advance(MOST.plusNanos(1));
        fixture.clock.set(now);
        assertOutage(decideAlice(gate), Reason.STALE_LIST);
    }

    @Test
    @DisplayName("a store that hangs delays no request, and the list ages all the same (rows 45, 72)")
    void hangingStoreDelaysNoRequest() throws Exception {
        fixture.rules = NOT_OLDER;
        fixture.first = new OutageLog(GateName.NONE, () -> "summary", fixture.clock);
        Gate gate = fixture.open();
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        fixture.store.reads(previous -> {
            hanging.countDown();
            await(answer);
            return FakeStore.loaded(entry(MALLORY));
        });
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> refresh = thread.submit(gate::refresh);
            await(hanging);
            assertAdmitted(decideAlice(gate));
            fixture.clock.advance(MOST.plusNanos(1));
            assertOutage(decideAlice(gate), Reason.STALE_LIST);
            assertThat(gate.state().outage()).isEqualTo(Reason.STALE_LIST);
            assertThat(log.lines(Level.SEVERE)).singleElement().asString().contains("TK-310 every request gets 503");
            answer.countDown();
            assertThat(refresh.get(1, TimeUnit.MINUTES)).isTrue();
            // The reading began before the limit.
            assertOutage(decideAlice(gate), Reason.STALE_LIST);
            gate.refresh();
            assertAdmitted(gate.decide(FakeExchange.of(MALLORY.certificate())));
        } finally {
            answer.countDown();
            thread.shutdownNow();
        }
    }

    @Test
    @DisplayName("a list that could not be built does not make the old list younger (row 153)")
    void failedSwapKeepsTheAgeOfTheList() {
        fixture.rules = NOT_OLDER;
        Gate gate = fixture.open();
        fixture.store.lists(entry(MALLORY));
        fixture.storeTime = () -> GateFixture.sneak(new OutOfMemoryError());
        fixture.clock.advance(MOST.plusNanos(1));
        gate.refresh();

        assertOutage(decideAlice(gate), Reason.STALE_LIST);
    }

    @Test
    @DisplayName("the state names each store with its age, and which is failing (row 149)")
    void reportsItsState() {
        fixture.rules = START_WITHOUT;
        fixture.stores = GateFixture.admitting(fixture.store, other);
        other.fails("is away");
        Gate gate = fixture.open();
        fixture.clock.advance(Duration.ofSeconds(7));
        assertThat(gate.state())
                .isEqualTo(new GateState(
                        Reason.NO_LIST,
                        List.of(
                                new StoreState("clients", 1, Duration.ofSeconds(7), false, null),
                                new StoreState("other", 0, null, true, null))));
        assertThat(gate.summary()).contains("[clients] 1 entry loaded ").endsWith("[other] not read yet");

        other.lists(entry(MALLORY), entry(ALICE));
        gate.refresh();
        fixture.store.fails("is away");
        fixture.clock.advance(Duration.ofSeconds(1));
        gate.refresh();
        assertThat(gate.state())
                .isEqualTo(new GateState(
                        null,
                        List.of(
                                new StoreState("clients", 1, Duration.ofSeconds(1), true, Duration.ZERO),
                                new StoreState("other", 2, Duration.ZERO, false, Duration.ZERO))));
    }

    @Test
    @DisplayName("a listener that throws at a refresh changes nothing (row 154)")
    void listenersCannotStopARefresh() {
        fixture.first = new GateListener() {
            @Override
            public void refreshed(Verdict.Refused outage) {
                throw new IllegalStateException("disk full");
            }
        };
        Gate gate = fixture.open();
        fixture.store.lists(entry(MALLORY));

        assertThat(gate.refresh()).isTrue();
        assertRefused(decideAlice(gate), Reason.NOT_LISTED);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
