/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeStore;
import io.github.thumbkeeper.fakes.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Guards against a list that loses too many entries at once, and against contradictory entries for one certificate. */
class StoreGuardsTest {

    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

    private final MovableClock clock = new MovableClock(NOW);
    private final FakeStore one = new FakeStore("one", entries(10));
    private final FakeStore two = new FakeStore("two", entry("carol"));
    private final CapturedLog log = new CapturedLog();
    private int maxShrinkPercent = 50;

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @ParameterizedTest(name = "maxShrinkPercent={0}: 10 entries may shrink to {1}, not to {2}")
    @CsvSource({"50, 5, 4", "1, 10, 9", "10, 9, 8", "99, 1, 0", "33, 7, 6"})
    void keepsAStoreThatShrinksTooFar(int percent, int most, int tooFew) throws Exception {
        maxShrinkPercent = percent;
        Stores stores = stores(one);
        stores.open();
        one.lists(entries(tooFew));
        assertThat(stores.refresh()).isNull();
        assertThat(stores.states().get(0).entries()).isEqualTo(10);

        one.lists(entries(most));
        stores.refresh();
        assertThat(stores.states().get(0).entries()).isEqualTo(most);
    }

    @Test
    @DisplayName("without the guard, or with 100, an emptied store comes into force (row 82)")
    void putsAnEmptiedStoreInForceByDefault() throws Exception {
        maxShrinkPercent = 100;
        Stores stores = stores(one);
        stores.open();
        one.lists();

        assertThat(stores.refresh().size()).isZero();
        one.lists(entries(3));
        assertThat(stores.refresh().size()).isEqualTo(3);
    }

    @Test
    @DisplayName("an emptied store keeps its list with the guard; other stores' changes take effect (row 82)")
    void guardsAgainstAnEmptiedStorePerStore() throws Exception {
        Stores stores = stores(one, two);
        stores.open();
        one.lists();
        two.lists(entry("carol"), entry("dave"));

        assertThat(stores.refresh().size()).isEqualTo(12);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .isEqualTo("SEVERE TK-308 store [one] lists 0 entries instead of 10, fewer than maxShrinkPercent=50"
                        + " allows; keeping 10 entries from 2026-06-01T12:00:00Z;"
                        + " restart the gate to accept the new list");
        assertThat(stores.states()).extracting(StoreState::failing).containsExactly(true, false);
    }

    @Test
    @DisplayName("a store that shrinks too far is logged at once, every hour, and when it recovers")
    void logsAShrunkStoreOnceHourlyAndAtTheEnd() throws Exception {
        Stores stores = stores(one);
        stores.open();
        for (int minute = 0; minute < 180; minute++) {
            one.lists(entries(minute % 4));
            assertThat(stores.refresh()).isNull();
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(log.lines(Level.SEVERE)).hasSize(3).allMatch(line -> line.contains("TK-308"));
        assertThat(log.lines()).hasSize(3);
        log.clear();

        one.lists(entries(6));
        assertThat(stores.refresh().size()).isEqualTo(6);
        assertThat(stores.refresh()).isNull();
        assertThat(log.lines()).singleElement().asString().contains("INFO TK-304 store [one]", "6 entries");
    }

    @Test
    @DisplayName("at start-up there is nothing to compare with, even if the store was unavailable before")
    void doesNotApplyAtTheStart() throws Exception {
        Stores stores = new Stores(
                List.of(StoreConfig.admitting(one)),
                identities(),
                new ReloadPolicy(true, true, 1, null),
                clock,
                clock::nanoTime);
        one.fails("is away");
        assertThat(stores.open()).isNull();
        one.lists();

        assertThat(stores.refresh().size()).isZero();
    }

    @Test
    @DisplayName("a list that is kept because the store shrank too far grows old")
    void keptListAges() throws Exception {
        Stores stores = stores(one);
        stores.open();
        one.lists();
        clock.advance(Duration.ofSeconds(9));
        stores.refresh();

        assertThat(stores.states().get(0).age()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    @DisplayName("a store that shrank too far and does not change is not parsed again each time")
    void remembersTheRefusedList() throws Exception {
        Loaded<EntryTable> few = new Loaded<>(EntryTable.of(List.of(entry("alice"))), List.of(), List.of(), "few");
        AtomicInteger anew = new AtomicInteger();
        Stores stores = stores(one);
        stores.open();
        one.reads(previous -> {
            anew.addAndGet(few.equals(previous) ? 0 : 1);
            return few;
        });
        for (int i = 0; i < 5; i++) {
            assertThat(stores.refresh()).isNull();
        }

        assertThat(anew).hasValue(1);
    }

    static Stream<Entry> conflicting() {
        return Stream.of(
                Entry.of(digest("alice"), "bob"),
                new Entry(digest("alice"), "alice", Set.of("admin"), null, null, false),
                new Entry(digest("alice"), "alice", Set.of(), NOW, null, false),
                new Entry(digest("alice"), "alice", Set.of(), null, NOW, false),
                new Entry(digest("alice"), "alice", Set.of(), null, null, true),
                Entry.of(digest("alice"), null));
    }

    @ParameterizedTest(name = "contradictory entries for one certificate: {0}")
    @org.junit.jupiter.params.provider.MethodSource("conflicting")
    void refusesConflictingDuplicates(Entry other) throws Exception {
        Stores running = stores(two);
        running.open();
        for (Entry[] order : new Entry[][] {{entry("alice"), other}, {other, entry("alice")}}) {
            one.lists(order);
            assertThatThrownBy(() -> stores(one).open())
                    .hasMessageContaining("store [one] lists [" + digest("alice") + "] as [")
                    .hasMessageContaining("[alice]")
                    .hasMessageContaining(
                            other.label() == null ? "[an entry without a label]" : "[" + other.label() + "]");
            two.lists(order);
            assertThat(running.refresh()).isNull();
        }
        assertThat(running.states().get(0).entries()).isEqualTo(1);
        assertThat(log.lines(Level.SEVERE)).isNotEmpty().allMatch(line -> line.contains("TK-301 store [two] lists ["));
    }

    @Test
    @DisplayName("the same certificate twice with the same data is one entry, with a WARN (row 40)")
    void identicalDuplicatesAreOne() throws Exception {
        one.lists(entry("alice"), entry("bob"), entry("alice"));

        assertThat(stores(one).open().size()).isEqualTo(2);
        assertThat(log.lines())
                .containsExactly("WARNING TK-306 store [one] lists [alice] [" + digest("alice")
                        + "] more than once; it counts once");
    }

    @Test
    @DisplayName("two stores may contradict each other about a certificate: the first one counts")
    void acrossStoresTheFirstCounts() throws Exception {
        one.lists(entry("alice"));
        two.lists(Entry.of(digest("alice"), "bob"));

        assertThat(stores(one, two).open().size()).isEqualTo(2);
        assertThat(log.lines(Level.SEVERE)).isEmpty();
    }

    @Test
    @DisplayName("entries whose planned end has passed are logged when they are loaded")
    void warnsOfPassedEnds() throws Exception {
        one.lists(
                new Entry(digest("a"), "alice\n", Set.of(), null, NOW, false),
                new Entry(digest("b"), "bob", Set.of(), null, NOW.plusSeconds(1), false),
                new Entry(digest("c"), null, Set.of(), null, Instant.EPOCH, false),
                entry("dave"));
        stores(one).open();

        assertThat(log.lines())
                .containsExactly("WARNING TK-306 store [one] lists entries whose until has passed:"
                        + " [alice\\u000A] (2026-06-01T12:00:00Z), [" + digest("c") + "] (1970-01-01T00:00:00Z)");
    }

    private Stores stores(FakeStore... all) {
        ReloadPolicy rules = new ReloadPolicy(false, false, maxShrinkPercent, null);
        return new Stores(
                Stream.of(all).map(StoreConfig::admitting).toList(), identities(), rules, clock, clock::nanoTime);
    }

    private static IdentityMapper identities() {
        return new IdentityMapper(PrincipalSource.LABEL, Set.of());
    }

    private static Entry[] entries(int count) {
        return IntStream.range(0, count).mapToObj(i -> entry("client" + i)).toArray(Entry[]::new);
    }

    private static Entry entry(String label) {
        return Entry.of(digest(label), label);
    }

    private static CertificateDigest digest(String text) {
        return Thumbprint.ofEncoded(text.getBytes(StandardCharsets.UTF_8), DigestAlgorithm.SHA256);
    }
}
