/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.MovableClock;
import io.github.thumbkeeper.store.StoreUnderTest.Event;
import io.github.thumbkeeper.testkit.NeedsProgram;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Contract of every kind of list of certificates; {@link LoaderContractTest} is that of all other loaders. */
@Slow
@NeedsProgram
class StoreContractTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate CAROL =
            TestCertificate.named("CN=carol").build();
    private static final ReloadPolicy HALF = new ReloadPolicy(false, false, 49, null);
    private static final ReloadPolicy START_WITHOUT = new ReloadPolicy(false, true, 100, null);

    @TempDir
    static Path shared;

    private static Databases servers;

    @TempDir
    Path folder;

    private final MovableClock clock = new MovableClock(Instant.now());
    private final CapturedLog log = new CapturedLog();
    private StoreKind kind;
    private StoreUnderTest part;

    @BeforeAll
    static void prepare() {
        servers = new Databases(shared);
    }

    @AfterAll
    static void stop() throws Exception {
        servers.stop();
    }

    @AfterEach
    void showsNoSecret() throws Exception {
        String text = log.text();
        log.close();
        if (part != null) {
            part.stop();
            assertThat(part.secrets()).noneMatch(text::contains);
        }
    }

    @ParameterizedTest(name = "{0} lists every certificate under its label")
    @EnumSource
    void listsEveryCertificate(StoreKind of) throws Exception {
        Watched store = opened(of, ReloadPolicy.STRICT);

        store.assertRefuses(CAROL);
        String label = part.label("alice");
        assertThat(store.nameOf(ALICE)).isEqualTo(label == null ? "sha256:" + ALICE.sha256() : label);
        assertThat(store.state().failing()).isFalse();
        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest(name = "{0} returns the same object while nothing changes")
    @EnumSource
    void returnsTheSameObjectWhileNothingChanges(StoreKind of) throws Exception {
        start(of);
        Loader<EntryTable> store = part.open();
        Loaded<EntryTable> first = store.load(null);

        assertThat(store.load(first)).isSameAs(first);
        assertThat(store.load(first)).isSameAs(first);
        assertThat(store.load(null).value()).isEqualTo(first.value());
    }

    static Stream<StoreKind> added() {
        return StoreKind.thatCan(Event.ADDED);
    }

    @ParameterizedTest(name = "{0}: an added certificate is listed after the next refresh")
    @MethodSource("added")
    void listsAnAddedCertificate(StoreKind of) throws Exception {
        Watched store = opened(of, ReloadPolicy.STRICT);
        part.put("carol", CAROL);

        store.refresh().assertLists(ALICE, BOB, CAROL);
    }

    @ParameterizedTest(name = "{0}: a replaced certificate is no longer listed")
    @EnumSource
    void refusesAReplacedCertificate(StoreKind of) throws Exception {
        Watched store = opened(of, ReloadPolicy.STRICT);
        part.put("alice", CAROL);

        store.refresh().assertLists(with(CAROL));
        store.assertRefuses(ALICE);
        assertThat(log.lines()).isEmpty();
    }

    static Stream<StoreKind> removed() {
        return StoreKind.thatCan(Event.REMOVED);
    }

    @ParameterizedTest(name = "{0}: a removed certificate is no longer listed")
    @MethodSource("removed")
    void refusesARemovedCertificate(StoreKind of) throws Exception {
        Watched store = opened(of, ReloadPolicy.STRICT);
        part.remove("alice");

        store.refresh().assertLists(BOB);
        store.assertRefuses(ALICE);
    }

    @ParameterizedTest(name = "{0}: with maxShrinkPercent a store that shrinks too far keeps its list")
    @MethodSource("removed")
    void keepsTheListOfAStoreThatShrinksTooFar(StoreKind of) throws Exception {
        Watched store = opened(of, HALF);
        part.remove("alice");

        store.refresh().refresh().assertLists(ALICE, BOB);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("TK-308 store [", "lists 1 entry instead of 2", "keeping 2 entries");
        part.put("alice", ALICE);
        store.refresh();
        assertThat(store.state().failing()).isFalse();
    }

    static Stream<StoreKind> emptied() {
        return StoreKind.thatCan(Event.EMPTIED);
    }

    @ParameterizedTest(name = "{0}: an emptied store comes into force, but not at start-up (row 82)")
    @MethodSource("emptied")
    void putsAnEmptiedStoreInForceButNotAtStartUp(StoreKind of) throws Exception {
        Watched store = opened(of, ReloadPolicy.STRICT);
        part.remove("alice");
        part.remove("bob");

        store.refresh().refresh().assertLists();
        store.assertRefuses(ALICE);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .contains("TK-303 store [")
                .contains("] lists no entries now");
        assertThatThrownBy(() -> watched(ReloadPolicy.STRICT).open())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("allowEmptyStore=true");
    }

    private interface Fault {
        void happen(StoreUnderTest to) throws Exception;
    }

    static Stream<StoreKind> broken() {
        return StoreKind.thatCan(Event.BROKEN);
    }

    @ParameterizedTest(name = "{0}: a broken store keeps its last good list, is logged once, and recovers")
    @MethodSource("broken")
    void keepsTheListOfABrokenStore(StoreKind of) throws Exception {
        keepsThrough(of, StoreUnderTest::breakIt);
    }

    static Stream<StoreKind> gone() {
        return StoreKind.thatCan(Event.GONE);
    }

    @ParameterizedTest(
            name = "{0}: a missing store keeps its last good list, is logged once, and recovers (rows 64, 68, 77)")
    @MethodSource("gone")
    void keepsTheListOfAMissingStore(StoreKind of) throws Exception {
        keepsThrough(of, StoreUnderTest::takeAway);
    }

    static Stream<StoreKind> cutOff() {
        return StoreKind.thatCan(Event.CUT_OFF);
    }

    @ParameterizedTest(name = "{0}: a reading that is cut off half way changes nothing (rows 32, 60, 81)")
    @MethodSource("cutOff")
    void usesNoPartOfAList(StoreKind of) throws Exception {
        keepsThrough(of, StoreUnderTest::cutOff);
    }

    private void keepsThrough(StoreKind of, Fault fault) throws Exception {
        Watched store = opened(of, ReloadPolicy.STRICT);
        fault.happen(part);
        clock.advance(Duration.ofSeconds(30));
        store.refresh().refresh().refresh().assertLists(all());
        assertThat(store.state().failing()).isTrue();
        assertThat(store.state().age()).isEqualTo(Duration.ofSeconds(30));
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("SEVERE TK-301 store [")
                .contains("; keeping " + all().length + (all().length == 1 ? " entry from " : " entries from "));
        assertThatThrownBy(() -> watched(ReloadPolicy.STRICT).open()).isInstanceOf(StoreException.class);
        log.clear();

        part.repair();
        part.put("alice", CAROL);
        store.refresh().refresh().assertLists(with(CAROL));
        assertThat(store.state().failing()).isFalse();
        assertThat(log.lines()).singleElement().asString().startsWith("INFO TK-304 store [");
    }

    @ParameterizedTest(name = "{0}: missing at start-up it is waited for, if that is configured (rows 69, 76)")
    @MethodSource("gone")
    void startsWithoutAListIfConfigured(StoreKind of) throws Exception {
        start(of);
        part.takeAway();
        Watched store = watched(START_WITHOUT).open().refresh();
        assertThat(store.hasList()).isFalse();
        assertThat(store.state().failing()).isTrue();
        assertThat(log.lines(Level.SEVERE)).singleElement().asString().contains("TK-301 store [", "never been read");

        part.repair();
        store.refresh().assertLists(all());
        assertThat(store.state().failing()).isFalse();
    }

    static Stream<StoreKind> slow() {
        return StoreKind.thatCan(Event.SLOW);
    }

    @ParameterizedTest(name = "{0}: while a reading hangs, the last good list decides (rows 45, 72, 78)")
    @MethodSource("slow")
    void decidesByTheLastGoodListWhileAReadingHangs(StoreKind of) throws Exception {
        Watched store = opened(of, ReloadPolicy.STRICT);
        part.put("alice", CAROL);
        part.slowDown();
        CompletableFuture<Watched> reading = CompletableFuture.supplyAsync(store::refresh);
        while (!part.isWaiting()) {
            assertThat(reading).isNotDone();
            Thread.onSpinWait();
        }
        store.assertLists(all());
        assertThat(reading).isNotDone();

        boolean limited = part.hasTimeLimit();
        if (!limited) {
            part.repair();
        }
        reading.get(1, TimeUnit.MINUTES).assertLists(limited ? all() : with(CAROL));
        assertThat(store.state().failing()).isEqualTo(limited);
        part.repair();
        store.refresh().assertLists(with(CAROL));
    }

    private void start(StoreKind of) throws Exception {
        kind = of;
        part = of.start(folder, servers);
        part.put("alice", ALICE);
        if (of.can(Event.ADDED)) {
            part.put("bob", BOB);
        }
    }

    private Watched opened(StoreKind of, ReloadPolicy rules) throws Exception {
        start(of);
        Watched store = watched(rules).open();
        store.assertLists(all());
        return store;
    }

    private Watched watched(ReloadPolicy rules) throws Exception {
        return new Watched(part, rules, clock);
    }

    private TestCertificate[] all() {
        return with(ALICE);
    }

    private TestCertificate[] with(TestCertificate first) {
        List<TestCertificate> listed = new ArrayList<>(List.of(first));
        if (kind.can(Event.ADDED)) {
            listed.add(BOB);
        }
        return listed.toArray(TestCertificate[]::new);
    }
}
