/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.fakes.CapturedLog;
import io.github.thumbkeeper.store.write.ChangeKind;
import io.github.thumbkeeper.store.write.EntryChange;
import io.github.thumbkeeper.store.write.EntryChange.Add;
import io.github.thumbkeeper.store.write.EntryChange.Deny;
import io.github.thumbkeeper.store.write.EntryChange.Disable;
import io.github.thumbkeeper.store.write.EntryChange.Enable;
import io.github.thumbkeeper.store.write.EntryChange.OfCertificate;
import io.github.thumbkeeper.store.write.EntryChange.Remove;
import io.github.thumbkeeper.store.write.EntryChange.Rename;
import io.github.thumbkeeper.store.write.EntryChange.Restore;
import io.github.thumbkeeper.store.write.EntryChange.Rotate;
import io.github.thumbkeeper.store.write.EntryChange.SetAttributes;
import io.github.thumbkeeper.store.write.EntrySnapshot;
import io.github.thumbkeeper.store.write.EntryState;
import io.github.thumbkeeper.store.write.EntryVersion;
import io.github.thumbkeeper.store.write.EntryWriter;
import io.github.thumbkeeper.store.write.HistoryPage;
import io.github.thumbkeeper.store.write.HistoryRecord;
import io.github.thumbkeeper.store.write.ListedEntry;
import io.github.thumbkeeper.store.write.WriteResult;
import io.github.thumbkeeper.store.write.WriteResult.Applied;
import io.github.thumbkeeper.store.write.WriteResult.Conflict;
import io.github.thumbkeeper.store.write.WriteResult.Rejected;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract of {@link EntryWriter}, which each backend fulfils. */
abstract class EntryWriterContract {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate ALICE_NEXT =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate ALICE_SAME_KEY =
            TestCertificate.named("CN=alice 2").key(ALICE.keyPair()).build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final CertificateDigest CAROL = digest("carol");
    private static final Instant NOW = Instant.parse("2026-06-01T12:00:00.123Z");
    private static final Instant LATER = Instant.parse("2026-07-01T00:00:00Z");
    private static final int THREADS = 8;

    /** Each thread makes this number of calls with {@link #CHANGES} changes: 10 000 changes together. */
    private static final int CALLS = 125;

    private static final int CHANGES = 10;

    private final CapturedLog log = new CapturedLog();
    private EntryWriter writer;

    /** Opens a writer. */
    abstract EntryWriter open();

    /** Returns a reader of the same place, as a gate has it. */
    abstract Loader<EntryTable> gate();

    /** Changes the list without a writer: adds a thumbprint with a label. */
    abstract void addByHand(CertificateDigest digest, String label) throws Exception;

    @BeforeEach
    void openAgain() {
        writer = open();
    }

    @AfterEach
    void releaseLog() {
        log.close();
    }

    static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private static CertificateDigest digest(String seed) {
        return Thumbprint.ofEncoded(seed.getBytes(StandardCharsets.UTF_8), DigestAlgorithm.SHA256);
    }

    private static CertificateDigest digest(TestCertificate certificate) {
        return Thumbprint.ofEncoded(certificate.der(), DigestAlgorithm.SHA256);
    }

    private static PublicKeyPin pin(TestCertificate certificate) {
        return PublicKeyPin.of(certificate.certificate());
    }

    private Applied apply(EntryChange... changes) throws StoreException {
        return applied(writer.apply(writer.read().version(), "carol", List.of(changes)));
    }

    private static Applied applied(WriteResult result) {
        assertThat(result).isInstanceOf(Applied.class);
        return (Applied) result;
    }

    private ListedEntry entry(CertificateDigest digest) throws StoreException {
        return writer.read().entries().stream()
                .filter(each -> each.digest().equals(digest))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the entries as a gate that starts now reads them. */
    private Set<Entry> gateEntries() throws StoreException {
        Loaded<EntryTable> loaded = gate().load(null);
        assertThat(loaded.failures()).isEmpty();
        return loaded.value().stream().collect(Collectors.toSet());
    }

    private static Entry plain(CertificateDigest digest, String label) {
        return Entry.of(digest, label);
    }

    private static Entry disabled(CertificateDigest digest, @Nullable String label) {
        return new Entry(digest, label, Set.of(), null, null, true);
    }

    static Stream<Arguments> refusals() {
        X509Certificate alice = ALICE.certificate();
        Instant early = NOW.minusSeconds(1);
        String key = ALICE.privateKeyPem().strip().replace('\n', ' ');
        return Stream.of(
                Arguments.of("label in use", new Add(BOB.certificate(), "alice"), "is that of another entry"),
                Arguments.of("label in other case", new Add(BOB.certificate(), "ALICE"), "only in case or form"),
                Arguments.of("label of a path", new Add(BOB.certificate(), "../x"), "has the character [/]"),
                Arguments.of("label with a private key", new Add(BOB.certificate(), key), "is too long"),
                Arguments.of("certificate listed", new Add(alice, "again"), "is already listed as [alice]"),
                Arguments.of("key listed", new Add(pin(ALICE), "again"), "is also matched by [alice]"),
                Arguments.of(
                        "SHA-1 of a certificate listed",
                        new Add(Thumbprint.ofEncoded(ALICE.der(), DigestAlgorithm.SHA1), "again"),
                        "is also matched by [alice]"),
                Arguments.of(
                        "from after until",
                        new Add(new OfCertificate(BOB.certificate()), "bob", Set.of(), NOW, early),
                        "is not before until"),
                Arguments.of(
                        "reserved role",
                        new Add(new OfCertificate(BOB.certificate()), "bob", Set.of("**"), null, null),
                        "reserved"),
                Arguments.of(
                        "role with a comma",
                        new SetAttributes(digest(ALICE), Set.of("a,b"), null, null),
                        "reserved or not a name"),
                Arguments.of(
                        "role with a blank", new SetAttributes(digest(ALICE), Set.of("a b"), null, null), "[roles]"),
                Arguments.of("entry unknown", new Remove(digest("unknown")), "is not listed"),
                Arguments.of("reason empty", new Deny(digest(ALICE), " "), "reason [ ] is empty"),
                Arguments.of(
                        "reason of two lines", new Deny(digest(ALICE), "a\nb"), "reason [a\\u000Ab] has invisible"),
                Arguments.of("reason with a private key", new Deny(digest(ALICE), key), "looks like"),
                Arguments.of("change unknown", new Restore(77), "[77] is not a change in the history"),
                Arguments.of("rename to a label in use", new Rename(CAROL, "alice"), "is that of another entry"),
                Arguments.of(
                        "rotation to itself",
                        new Rotate(digest(ALICE), alice, null, LATER),
                        "is already listed as [alice]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void refuses(String name, EntryChange change, String expected) throws Exception {
        apply(new Add(ALICE.certificate(), "alice"), new Add(CAROL, "carol"));
        EntrySnapshot before = writer.read();

        WriteResult result = writer.apply(before.version(), "carol", List.of(new Add(digest("x"), "x"), change));

        assertThat(result)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .singleElement()
                                .asString()
                                .startsWith("change 2: ")
                                .contains(expected)
                                .doesNotContain("PRIVATE KEY"));
        assertThat(writer.read()).isEqualTo(before);
    }

    @ParameterizedTest(name = "actor [{0}]")
    @ValueSource(strings = {"", "a\tb", "-----BEGIN PRIVATE KEY-----", "a\u202Eb"})
    void refusesActor(String actor) throws Exception {
        assertThat(writer.apply(writer.read().version(), actor, List.of(new Add(CAROL, "carol"))))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void reportsAllProblemsTogether() throws Exception {
        WriteResult result = writer.apply(
                writer.read().version(),
                "",
                List.of(new Remove(CAROL), new Add(CAROL, "ok"), new Add(digest("y"), "CON")));

        assertThat(((Rejected) result).problems())
                .satisfiesExactly(
                        one -> assertThat(one).startsWith("actor "),
                        two -> assertThat(two).startsWith("change 1: "),
                        three -> assertThat(three).startsWith("change 3: "));
        assertThat(writer.read().entries()).isEmpty();
    }

    @Test
    void addsCertificateThumbprintAndPin() throws Exception {
        Instant from = Instant.parse("2026-01-01T00:00:00Z");
        EntrySnapshot empty = writer.read();

        Applied applied = apply(
                new Add(
                        new OfCertificate(ALICE.certificate()),
                        "alice & co. (1)",
                        Set.of("orders", "admin"),
                        from,
                        LATER),
                new Add(CAROL, "carol"),
                new Add(pin(BOB), "bob"));

        assertThat(empty.entries()).isEmpty();
        assertThat(applied.snapshot().version().changes()).isEqualTo(3);
        assertThat(writer.read().version()).isEqualTo(applied.snapshot().version());
        assertThat(entry(digest(ALICE)).certificate()).isEqualTo(ALICE.certificate());
        assertThat(gateEntries())
                .containsExactlyInAnyOrder(
                        new Entry(digest(ALICE), "alice & co. (1)", Set.of("orders", "admin"), from, LATER, false),
                        plain(CAROL, "carol"),
                        plain(pin(BOB), "bob"));
    }

    @Test
    void changesAndDisablesAndEnables() throws Exception {
        apply(new Add(ALICE.certificate(), "alice"), new Add(CAROL, "carol"));

        apply(new SetAttributes(digest(ALICE), Set.of("r"), NOW, LATER), new Disable(digest(ALICE)));
        assertThat(gateEntries())
                .containsExactlyInAnyOrder(
                        new Entry(digest(ALICE), "alice", Set.of("r"), NOW, LATER, true), plain(CAROL, "carol"));

        apply(new Enable(digest(ALICE)), new Disable(CAROL));
        assertThat(gateEntries())
                .containsExactlyInAnyOrder(
                        new Entry(digest(ALICE), "alice", Set.of("r"), NOW, LATER, false), disabled(CAROL, "carol"));
    }

    @Test
    void renamesAndRemoves() throws Exception {
        apply(new Add(ALICE.certificate(), "alice"), new Add(CAROL, "carol"));

        apply(new Rename(digest(ALICE), "Alice"), new Remove(CAROL));
        assertThat(gateEntries()).containsExactly(plain(digest(ALICE), "Alice"));

        apply(new Remove(digest(ALICE)));
        assertThat(gateEntries()).isEmpty();
        assertThat(writer.read().entries()).isEmpty();
    }

    @Test
    @DisplayName("a denial refuses the certificate, its other certificates and its key, and a removal does not end it")
    void denies() throws Exception {
        apply(new Add(ALICE.certificate(), "alice"), new Add(ALICE_SAME_KEY.certificate(), "alice2"));

        apply(new Deny(digest(ALICE), "laptop # \"stolen\""));

        EntryState denied = new EntryState.Denied("laptop # \"stolen\"");
        assertThat(entry(digest(ALICE)).state()).isEqualTo(denied);
        assertThat(entry(digest(ALICE)).certificate()).isEqualTo(ALICE.certificate());
        assertThat(entry(digest(ALICE_SAME_KEY)).state()).isEqualTo(denied);
        assertThat(entry(pin(ALICE)).state()).isEqualTo(denied);
        assertThat(gateEntries())
                .containsExactlyInAnyOrder(
                        disabled(digest(ALICE), "alice"),
                        disabled(digest(ALICE_SAME_KEY), "alice2"),
                        disabled(pin(ALICE), null));

        apply(new Remove(digest(ALICE)), new Remove(digest(ALICE_SAME_KEY)));
        assertThat(gateEntries()).containsExactly(disabled(pin(ALICE), null));
        assertThat(writer.apply(writer.read().version(), "carol", List.of(new Add(ALICE.certificate(), "other"))))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .singleElement()
                                .asString()
                                .contains("which is denied"));
        assertThat(writer.apply(writer.read().version(), "carol", List.of(new Enable(pin(ALICE)))))
                .isInstanceOf(Rejected.class);
    }

    @Test
    @DisplayName("a denied thumbprint or pin stays listed until it is enabled, because nothing else keeps it denied")
    void keepsDenialWithoutCertificate() throws Exception {
        apply(new Add(CAROL, "carol"), new Add(pin(BOB), "bob"));
        apply(new Deny(CAROL, "why"), new Deny(pin(BOB), "why"));

        for (CertificateDigest each : List.of(CAROL, pin(BOB))) {
            assertThat(writer.apply(writer.read().version(), "carol", List.of(new Remove(each))))
                    .isInstanceOfSatisfying(
                            Rejected.class,
                            rejected -> assertThat(rejected.problems())
                                    .singleElement()
                                    .asString()
                                    .contains("expected to enable it first"));
        }
        assertThat(writer.read().entries()).hasSize(2).allMatch(ListedEntry::isDenied);
        apply(new Enable(CAROL), new Remove(CAROL), new Enable(pin(BOB)), new Remove(pin(BOB)));
        assertThat(gateEntries()).isEmpty();
    }

    @Test
    @DisplayName("the removal of a denied certificate denies its key again if its pin is gone")
    void keepsDenialOfCertificateWhosePinIsGone() throws Exception {
        apply(new Add(ALICE.certificate(), "alice"));
        apply(new Deny(digest(ALICE), "why"), new Remove(pin(ALICE)));

        apply(new Remove(digest(ALICE)));

        assertThat(gateEntries()).containsExactly(disabled(pin(ALICE), null));
        apply(new Remove(pin(ALICE)));
        assertThat(gateEntries()).isEmpty();
    }

    @Test
    void endsDenialAndRestoresIt() throws Exception {
        apply(new Add(new OfCertificate(ALICE.certificate()), "alice", Set.of("r"), null, LATER));
        Set<Entry> before = gateEntries();
        apply(new Deny(digest(ALICE), "why"));

        apply(new Enable(digest(ALICE)));
        assertThat(gateEntries()).isEqualTo(before);

        apply(new Restore(3));
        assertThat(gateEntries()).contains(disabled(pin(ALICE), null)).allMatch(Entry::disabled);
        apply(new Restore(4), new Restore(3));
        assertThat(entry(digest(ALICE)).isDenied()).isTrue();
    }

    @Test
    @DisplayName("the old certificate of a rotation ends, and the next one has its label and roles")
    void rotates() throws Exception {
        apply(new Add(new OfCertificate(ALICE.certificate()), "alice", Set.of("r"), null, null));

        apply(new Rotate(digest(ALICE), ALICE_NEXT.certificate(), NOW, LATER));

        assertThat(gateEntries())
                .containsExactlyInAnyOrder(
                        new Entry(digest(ALICE), "alice", Set.of("r"), null, LATER, false),
                        new Entry(digest(ALICE_NEXT), "alice", Set.of("r"), NOW, null, false));
        apply(new Restore(2));
        assertThat(gateEntries()).containsExactly(new Entry(digest(ALICE), "alice", Set.of("r"), null, null, false));
    }

    @Test
    void restoresWhatWasRemoved() throws Exception {
        apply(new Add(new OfCertificate(ALICE.certificate()), "alice", Set.of("r"), NOW, LATER));
        ListedEntry before = entry(digest(ALICE));
        apply(new Remove(digest(ALICE)));

        apply(new Restore(2));

        assertThat(entry(digest(ALICE))).isEqualTo(before);
        assertThat(writer.apply(writer.read().version(), "carol", List.of(new Restore(2))))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.problems())
                                .singleElement()
                                .asString()
                                .contains("has changed since change 2"));
    }

    @Test
    @DisplayName("a version that another writer, or a change by hand, has overtaken gets what has changed")
    void reportsConflict() throws Exception {
        EntryWriter other = open();
        apply(new Add(ALICE.certificate(), "alice"), new Add(CAROL, "carol"), new Add(digest("x"), "x"));
        EntrySnapshot seen = other.read();
        apply(new Disable(CAROL), new Remove(digest(ALICE)), new Add(BOB.certificate(), "bob"));
        addByHand(digest("mallory"), "mallory");

        WriteResult result = other.apply(seen.version(), "dave", List.of(new Remove(CAROL)));

        assertThat(result).isInstanceOfSatisfying(Conflict.class, conflict -> {
            assertThat(conflict.difference().added()).containsExactly("bob", "mallory");
            assertThat(conflict.difference().removed()).containsExactly("alice");
            assertThat(conflict.difference().changed()).containsExactly("carol");
            assertThat(conflict.difference().complete()).isTrue();
        });
        EntrySnapshot current = ((Conflict) result).current();
        assertThat(current).isEqualTo(writer.read());
        applied(other.apply(current.version(), "dave", List.of(new Remove(CAROL), new Remove(digest("mallory")))));
        assertThat(gateEntries()).extracting(Entry::label).containsExactlyInAnyOrder("bob", "x");
    }

    @Test
    void reportsConflictWithVersionThatItNeverSaw() throws Exception {
        EntryVersion old = apply(new Add(CAROL, "carol")).snapshot().version();
        apply(new Add(digest("x"), "x"));

        WriteResult result = open().apply(old, "dave", List.of(new Remove(CAROL)));

        assertThat(result).isInstanceOfSatisfying(Conflict.class, conflict -> {
            assertThat(conflict.difference().added()).containsExactly("x");
            assertThat(conflict.difference().complete()).isFalse();
        });
    }

    @Test
    void keepsVersionAndHistoryIfNothingChanges() throws Exception {
        EntrySnapshot before = apply(new Add(CAROL, "carol")).snapshot();

        Applied applied = apply(new Enable(CAROL), new SetAttributes(CAROL, Set.of(), null, null));

        assertThat(applied.records()).isEmpty();
        assertThat(applied.snapshot().version()).isEqualTo(before.version());
    }

    @Test
    void hasHistoryInPages() throws Exception {
        apply(new Add(ALICE.certificate(), "alice"), new Add(CAROL, "carol"));
        apply(new Deny(digest(ALICE), "why"));
        apply(new Remove(CAROL));

        HistoryPage first = writer.history(Long.MAX_VALUE, 3);
        HistoryPage second = writer.history(first.next().orElseThrow(), 3);

        assertThat(first.records()).extracting(HistoryRecord::number).containsExactly(4L, 3L, 2L);
        assertThat(second.records()).extracting(HistoryRecord::number).containsExactly(1L);
        assertThat(second.next()).isEmpty();
        assertThat(first.records().get(1)).satisfies(denial -> {
            assertThat(denial.kind()).isEqualTo(ChangeKind.DENY);
            assertThat(denial.actor()).isEqualTo("carol");
            assertThat(denial.at()).isEqualTo(NOW);
            assertThat(denial.steps()).hasSize(2);
            assertThat(denial.steps().get(0).earlier().orElseThrow().state()).isEqualTo(EntryState.ENABLED);
            assertThat(denial.steps().get(0).later().orElseThrow()).isEqualTo(entry(digest(ALICE)));
        });
        assertThat(log.lines()).anyMatch(line -> line.contains("was changed by [carol]: 3 DENY [alice]"));
        assertThatThrownBy(() -> writer.history(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("8 threads lose none of 10 000 changes, and a gate sees only states that there were")
    void losesNoChange() throws Exception {
        Set<Set<Entry>> states = ConcurrentHashMap.newKeySet();
        Set<Long> versions = ConcurrentHashMap.newKeySet();
        states.add(Set.of());
        ExecutorService pool = Executors.newFixedThreadPool(THREADS + 1);
        try {
            List<Future<?>> writers = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int number = thread;
                writers.add(pool.submit(() -> {
                    write(number, states, versions);
                    return null;
                }));
            }
            Future<Set<Set<Entry>>> seen = pool.submit(() -> follow(writers));
            for (Future<?> each : writers) {
                each.get();
            }
            assertThat(seen.get()).hasSizeGreaterThan(2).isSubsetOf(states);
        } finally {
            pool.shutdownNow();
        }
        int all = THREADS * CALLS * CHANGES;
        assertThat(versions).hasSize(THREADS * CALLS);
        assertThat(writer.read().version().changes()).isEqualTo(all);
        assertThat(gateEntries())
                .isEqualTo(states.stream()
                        .filter(state -> IntStream.range(0, THREADS).allMatch(thread -> state.contains(last(thread))))
                        .findFirst()
                        .orElseThrow());
        assertThat(numbers()).hasSize(all);
    }

    private Set<Long> numbers() throws StoreException {
        Set<Long> numbers = new HashSet<>();
        long before = Long.MAX_VALUE;
        while (before > 0) {
            HistoryPage page = writer.history(before, EntryWriter.LARGEST_PAGE);
            page.records().forEach(record -> numbers.add(record.number()));
            before = page.next().orElse(0);
        }
        return numbers;
    }

    private static Entry last(int thread) {
        return new Entry(
                digest("thread " + thread),
                "t" + thread,
                Set.of("r" + (CALLS - 1) + "-" + (CHANGES - 1)),
                null,
                null,
                false);
    }

    private void write(int thread, Set<Set<Entry>> states, Set<Long> versions) throws Exception {
        TestCertificate own = TestCertificate.named("CN=" + thread).build();
        CertificateDigest digest = digest("thread " + thread);
        EntryWriter mine = open();
        EntrySnapshot seen = mine.read();
        long last = 0;
        for (int call = 0; call < CALLS; call++) {
            List<EntryChange> changes = new ArrayList<>();
            changes.add(call == 0 ? new Add(digest, "t" + thread) : new Disable(digest));
            changes.add(call % 2 == 0 ? new Add(own.certificate(), "c" + thread) : new Remove(digest(own)));
            changes.add(call == 0 ? new Disable(digest) : new Enable(digest));
            changes.add(call == 0 ? new Enable(digest) : new SetAttributes(digest, Set.of("x" + call), null, null));
            for (int i = changes.size(); i < CHANGES; i++) {
                changes.add(new SetAttributes(digest, Set.of("r" + call + "-" + i), null, null));
            }
            WriteResult result = mine.apply(seen.version(), "t" + thread, changes);
            while (result instanceof Conflict conflict) {
                result = mine.apply(conflict.current().version(), "t" + thread, changes);
            }
            seen = applied(result).snapshot();
            assertThat(seen.version().changes()).isGreaterThan(last);
            last = seen.version().changes();
            versions.add(last);
            states.add(entries(seen));
        }
    }

    private static Set<Entry> entries(EntrySnapshot snapshot) {
        return snapshot.entries().stream()
                .map(entry -> new Entry(
                        entry.digest(),
                        entry.label(),
                        entry.roles(),
                        entry.from(),
                        entry.until(),
                        !(entry.state() instanceof EntryState.Enabled)))
                .collect(Collectors.toSet());
    }

    /** Reads like a gate with a very short interval until the writers are done, and once more. */
    private Set<Set<Entry>> follow(List<Future<?>> writers) {
        Set<Set<Entry>> seen = new HashSet<>();
        Loader<EntryTable> gate = gate();
        Loaded<EntryTable> last = null;
        boolean done = false;
        while (!done) {
            done = writers.stream().allMatch(Future::isDone);
            try {
                last = gate.load(last);
                assertThat(last.failures()).isEmpty();
                seen.add(last.value().stream().collect(Collectors.toSet()));
            } catch (StoreException e) {
                // A gate keeps its last list and reads again.
                assertThat(e).hasMessageContaining("changed while it was read");
            }
            Thread.onSpinWait();
        }
        return seen;
    }
}
