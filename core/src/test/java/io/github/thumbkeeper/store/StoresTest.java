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
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.fakes.FakeStore;
import io.github.thumbkeeper.fakes.MovableClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each store keeps its own last good list, and its failures are logged. */
class StoresTest {

    private final MovableClock clock = new MovableClock(Instant.parse("2026-06-01T12:00:00Z"));
    private final FakeStore one = new FakeStore("one", entry("alice"), entry("bob"));
    private final FakeStore two = new FakeStore("two", entry("carol"));
    private final CapturedLog log = new CapturedLog();

    @AfterEach
    void stopCapturing() {
        log.close();
    }

    @Test
    @DisplayName("several stores that cannot be read are reported together (CVE-2026-27586)")
    void reportsAllBrokenStoresTogether() {
        one.fails("is away");
        two.breaksWith(new IllegalStateException("broken"));
        FakeStore three = new FakeStore("three");

        assertThatThrownBy(() -> stores(false, one, two, three, new FakeStore("four", entry("dave")))
                        .open())
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("store [one] is away\nstore [two] could not be read: ")
                .hasMessageContaining("java.lang.IllegalStateException\nstore [three] lists no entries")
                .hasMessageContaining("allowEmptyStore=true")
                .hasMessageNotContaining("four");
    }

    @Test
    @DisplayName("at start-up a store is read completely or not at all (row 63)")
    void refusesToStartWithPartOfAStore() {
        one.reads(previous -> new Loaded<>(
                EntryTable.of(List.of(entry("alice"))),
                List.of(),
                List.of(new StoreException("one/bob.pem", "is garbage", null), new StoreException("one/x", "no", null)),
                ""));

        assertThatThrownBy(() -> stores(false, one).open())
                .hasMessageContaining("store [one/bob.pem] is garbage; store [one/x] no");
    }

    @Test
    void startsWithAnEmptyStoreOnlyIfAllowed() throws Exception {
        one.lists();

        assertThatThrownBy(() -> stores(false, one, two).open()).hasMessageContaining("store [one] lists no entries");
        assertThat(stores(true, one).open().size()).isZero();
        assertThat(log.lines(Level.SEVERE)).singleElement().asString().contains("TK-303 store [one] lists no entries");
    }

    @Test
    @DisplayName("allowEmptyStore does not excuse a store that cannot be read: unreadable is not empty")
    void unreadableIsNotEmpty() {
        one.fails("is away");

        assertThatThrownBy(() -> stores(true, one).open()).hasMessageContaining("store [one] is away");
    }

    @Test
    @DisplayName("each store keeps its own last good list: a removal from another store takes effect (row 77)")
    void keepsLastGoodPerStore() throws Exception {
        Stores stores = stores(false, one, two);
        assertThat(stores.open().size()).isEqualTo(3);

        two.breaksWith(new AssertionError("not foreseen"));
        one.lists(entry("bob"));

        assertThat(stores.refresh().size()).isEqualTo(2);
        assertThat(log.lines(Level.SEVERE))
                .singleElement()
                .asString()
                .contains("TK-301 store [two] could not be read")
                .contains("keeping 1 entry from 2026-06-01T12:00:00Z");
    }

    @Test
    @DisplayName("a store that returns null has failed (row 74)")
    void nullIsAFailure() throws Exception {
        Stores stores = stores(false, one, two);
        stores.open();
        one.reads(previous -> null);
        two.lists();

        assertThat(stores.refresh().size()).isEqualTo(2);
        assertThatThrownBy(() -> stores(false, one).open()).isInstanceOf(StoreException.class);
    }

    @Test
    @DisplayName("a store that was read completely and lists no entries comes into force, with an ERROR (row 82)")
    void putsAnEmptiedStoreInForce() throws Exception {
        Stores stores = stores(false, one);
        stores.open();
        one.lists();

        assertThat(stores.refresh().size()).isZero();
        assertThat(stores.refresh()).isNull();
        assertThat(log.lines())
                .containsExactly("SEVERE TK-303 store [one] lists no entries now; everything it listed is refused");
    }

    @Test
    @DisplayName("a failure is logged when it begins, every hour while it lasts, and when it ends")
    void logsAFailureWhenItBeginsHourlyAndWhenItEnds() throws Exception {
        Stores stores = stores(false, one);
        stores.open();
        for (int minute = 0; minute < 180; minute++) {
            // A message that differs each time is still the same failure.
            one.fails("is away, attempt " + minute);
            assertThat(stores.refresh()).isNull();
            clock.advance(Duration.ofMinutes(1));
        }
        assertThat(log.lines(Level.SEVERE)).hasSize(3);
        assertThat(log.lines()).hasSize(3).allMatch(line -> line.contains("from 2026-06-01T12:00:00Z"));
        log.clear();

        one.lists(entry("alice"));
        assertThat(stores.refresh().size()).isEqualTo(1);
        assertThat(stores.refresh()).isNull();
        assertThat(log.lines()).singleElement().asString().contains("INFO TK-304 store [one]", "1 entry");
    }

    @Test
    @DisplayName("a second failure of the same store is logged while the first one lasts")
    void logsEachDistinctFailure() throws Exception {
        Stores stores = stores(false, one);
        stores.open();
        for (int round = 0; round < 5; round++) {
            one.fails("is away");
            stores.refresh();
            one.fails("has a wrong password");
            stores.refresh();
        }

        assertThat(log.lines(Level.SEVERE)).hasSize(2);
    }

    @Test
    @DisplayName("a clock set back does not silence the log (row 155)")
    void logsAFailureAgainWhenTheClockIsSetBack() throws Exception {
        Stores stores = stores(false, one);
        stores.open();
        one.fails("is away");
        stores.refresh();
        clock.set(Instant.EPOCH);
        stores.refresh();

        assertThat(log.lines(Level.SEVERE)).hasSize(2);
    }

    @Test
    @DisplayName("each file of a directory is logged when it fails and when it recovers (row 63)")
    void logsEachPartThatFails() throws Exception {
        Stores stores = stores(false, one);
        stores.open();
        one.reads(previous -> partly("one/a.pem", "one/b.pem"));
        assertThat(stores.refresh().size()).isEqualTo(1);
        one.fails("is away");
        stores.refresh();
        one.reads(previous -> partly("one/b.pem"));
        stores.refresh();
        stores.refresh();

        assertThat(log.lines())
                .extracting(line -> line.replaceAll("\\[([^]]+)] .*", "[$1]"))
                .containsExactly(
                        "SEVERE TK-301 store [one/a.pem]",
                        "SEVERE TK-301 store [one/b.pem]",
                        "SEVERE TK-301 store [one]",
                        "INFO TK-304 store [one]",
                        "INFO TK-304 store [one/a.pem]");
    }

    private static Loaded<EntryTable> partly(String... bad) {
        return new Loaded<>(
                EntryTable.of(List.of(entry("alice"))),
                List.of(),
                Arrays.stream(bad)
                        .map(file -> new StoreException(file, "is garbage", null))
                        .toList(),
                "");
    }

    @Test
    void logsTheWarningsOfAStoreWhenItChanges() throws Exception {
        Loaded<EntryTable> warned =
                new Loaded<>(EntryTable.of(List.of(entry("alice"))), List.of("holds {0} 'x'"), List.of(), "");
        one.reads(previous -> warned);
        Stores stores = stores(false, one);
        stores.open();
        stores.refresh();

        assertThat(log.lines()).containsExactly("WARNING TK-306 store [one] holds {0} 'x'");
    }

    @Test
    @DisplayName("the same label for different certificates in different stores is a WARN naming both")
    void warnsOfLabelSharedAcrossStores() throws Exception {
        two.lists(Entry.of(digest("another"), "alice"), entry("bob"), Entry.of(digest("x"), null));
        stores(false, one, two).open();

        assertThat(log.lines())
                .containsExactly(
                        "WARNING TK-305 the label [alice] stands for different certificates in [one] and [two]");
    }

    @Test
    @DisplayName("a label is escaped in the log (threats 1.8)")
    void escapesLabels() throws Exception {
        one.lists(Entry.of(digest("a"), "al\nice\u202E\u001B[31m"));
        two.lists(Entry.of(digest("b"), "al\nice\u202E\u001B[31m"));
        stores(false, one, two).open();

        assertThat(log.lines()).singleElement().asString().contains("[al\\u000Aice\\u202E\\u001B[31m]");
    }

    @Test
    void doesNotWarnOfARenewalWithinOneStore() throws Exception {
        one.lists(entry("alice"), Entry.of(digest("renewed"), "alice"));
        two.lists(entry("alice"));
        stores(false, one, two).open();

        assertThat(log.lines()).isEmpty();
    }

    @ParameterizedTest(name = "principal {0}: pins and SHA-1 are too weak, at start-up and at a reload")
    @EnumSource(names = {"SUBJECT", "COMMON_NAME"})
    void refusesWeakEntriesForNamesOfTheClient(PrincipalSource principal) throws Exception {
        Entry pin = Entry.of(PublicKeyPin.ofDigest(new byte[32]), "pinned");
        Entry sha1 = Entry.of(Thumbprint.ofDigest(DigestAlgorithm.SHA1, new byte[20]), "old");
        Entry sha512 = Entry.of(Thumbprint.ofDigest(DigestAlgorithm.SHA512, new byte[64]), "new");
        IdentityMapper identities = new IdentityMapper(principal, Set.of());
        for (Entry weak : List.of(pin, sha1)) {
            one.lists(sha512, weak);
            assertThatThrownBy(() -> new Stores(
                                    List.of(StoreConfig.admitting(one)),
                                    identities,
                                    ReloadPolicy.STRICT,
                                    clock,
                                    clock::nanoTime)
                            .open())
                    .hasMessageContaining("store [one] lists [" + weak.digest() + "], which is too weak")
                    .hasMessageContaining("[principal]");
        }
        one.lists(sha512, entry("alice"));
        Stores stores = new Stores(
                List.of(StoreConfig.admitting(one)), identities, ReloadPolicy.STRICT, clock, clock::nanoTime);
        assertThat(stores.open().size()).isEqualTo(2);

        one.lists(sha512, pin);
        assertThat(stores.refresh()).isNull();
        assertThat(log.lines(Level.SEVERE)).singleElement().asString().contains("too weak");
    }

    @Test
    void summarizesTheStoresInTheirOrder() throws Exception {
        Stores stores = stores(false, one, two);
        stores.open();

        assertThat(stores.summary())
                .isEqualTo("[one] 2 entries loaded 2026-06-01T12:00:00Z, [two] 1 entry loaded 2026-06-01T12:00:00Z");
    }

    @Test
    void inlineStoreListsTheDigestsOfTheSetting() {
        InlineStore store = new InlineStore("thumbprints", List.of(digest("a"), digest("b")));
        Loaded<EntryTable> contents = store.load(null);

        assertThat(store.location()).isEqualTo("thumbprints");
        assertThat(contents.value()).extracting(Entry::digest).containsExactly(digest("a"), digest("b"));
        assertThat(store.load(contents)).isSameAs(contents);
    }

    private Stores stores(boolean allowEmpty, FakeStore... all) {
        ReloadPolicy rules = new ReloadPolicy(allowEmpty, false, 100, null);
        return new Stores(
                Stream.of(all).map(StoreConfig::admitting).toList(),
                new IdentityMapper(PrincipalSource.LABEL, Set.of()),
                rules,
                clock,
                clock::nanoTime);
    }

    private static Entry entry(String label) {
        return Entry.of(digest(label), label);
    }

    private static CertificateDigest digest(String text) {
        return Thumbprint.ofEncoded(text.getBytes(StandardCharsets.UTF_8), DigestAlgorithm.SHA256);
    }
}
