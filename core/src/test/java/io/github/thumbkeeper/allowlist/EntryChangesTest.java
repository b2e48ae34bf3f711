/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.testkit.RandomCase;
import io.github.thumbkeeper.testkit.RandomCases;
import io.github.thumbkeeper.testkit.RandomRun;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EntryChangesTest {

    @Test
    @DisplayName("names what was added, removed and changed")
    void names() {
        Entry alice = entry("alice");
        Entry bob = entry("bob");
        Entry carol = entry("carol");
        Entry disabled = new Entry(bob.digest(), "bob", Set.of(), null, null, true);
        assertThat(changes(List.of(alice, bob), List.of(disabled, carol)))
                .hasToString("1 added ([carol]), 1 removed ([alice]), 1 changed ([bob])");
    }

    @Test
    @DisplayName("each attribute counts as a change")
    void noticesEachAttribute() {
        Entry plain = entry("alice");
        Instant end = Instant.parse("2030-01-01T00:00:00Z");
        for (Entry other : List.of(
                new Entry(plain.digest(), "another", Set.of(), null, null, false),
                new Entry(plain.digest(), "alice", Set.of("admin"), null, null, false),
                new Entry(plain.digest(), "alice", Set.of(), end, null, false),
                new Entry(plain.digest(), "alice", Set.of(), null, end, false),
                new Entry(plain.digest(), "alice", Set.of(), null, null, true))) {
            assertThat(changes(List.of(plain), List.of(other)).toString()).startsWith("1 changed (");
        }
    }

    @Test
    @DisplayName("another order is no change, nor is a certificate beside its thumbprint")
    void ignoresTheOrder() {
        Entry alice = entry("alice");
        Entry bob = entry("bob");
        assertThat(changes(List.of(alice, bob), List.of(bob, alice)).isEmpty()).isTrue();
    }

    @Test
    @DisplayName("names at most twenty of a kind, and escapes labels")
    void isBounded() {
        List<Entry> many = new ArrayList<>(
                IntStream.range(0, 25).mapToObj(i -> entry("client" + i)).toList());
        assertThat(changes(List.of(), many).toString())
                .startsWith("25 added ([client0], ")
                .endsWith("[client19] and 5 more)");
        assertThat(changes(List.of(), List.of(Entry.of(digest("x"), "a\nb"))).toString())
                .isEqualTo("1 added ([a\\u000Ab])");
    }

    @Test
    @DisplayName("names an entry without a label by its digest")
    void namesDigests() {
        Entry bare = Entry.of(digest("alice"), null);
        assertThat(changes(List.of(bare), List.of()).toString()).isEqualTo("1 removed ([" + bare.digest() + "])");
    }

    @RandomCases
    @DisplayName("the numbers are those of comparing every pair of entries, with repeated digests and several kinds")
    void comparesEveryPair(RandomRun run) {
        run.each(EntryChangesTest::comparesEveryPairOf);
    }

    private static void comparesEveryPairOf(RandomCase random) {
        List<Entry> before = some(random);
        List<Entry> now = some(random);
        long added = now.stream().filter(it -> !isListed(it, before)).count();
        long removed = before.stream().filter(it -> !isListed(it, now)).count();
        long changed = now.stream()
                .filter(it -> isListed(it, before) && !before.contains(it))
                .count();

        EntryChanges changes = changes(before, now);
        assertThat(changes.isEmpty()).isEqualTo(added + removed + changed == 0);
        assertThat(changes.toString().replaceAll(" \\([^)]*\\)", ""))
                .isEqualTo(Stream.of(
                                added == 0 ? "" : added + " added",
                                removed == 0 ? "" : removed + " removed",
                                changed == 0 ? "" : changed + " changed")
                        .filter(it -> !it.isEmpty())
                        .collect(Collectors.joining(", ")));
    }

    @Test
    @DisplayName("a reload of a long list leaves no garbage for each entry, which would stop requests")
    void allocatesOnlyBitsPerEntry() {
        int size = 100_000;
        EntryTable before = bare(size, 0);
        EntryTable now = bare(size, size / 2);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        EntryChanges.between(before, now);
        long start = threads.getThreadAllocatedBytes(Thread.currentThread().getId());

        EntryChanges changes = EntryChanges.between(before, now);

        long bytes = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - start;
        assertThat(changes.toString()).startsWith("50000 added (").contains(", 50000 removed (");
        assertThat(bytes).isLessThan(2L * size);
    }

    private static EntryTable bare(int size, int from) {
        EntryTable.Builder builder = new EntryTable.Builder();
        for (int i = from; i < from + size; i++) {
            builder.add(DigestKind.SHA256, digest("client" + i).toBytes());
        }
        return builder.build();
    }

    private static List<Entry> some(RandomCase random) {
        List<Entry> entries = new ArrayList<>();
        for (int i = random.between(0, 7); i > 0; i--) {
            String name = "client" + random.between(0, 5);
            DigestAlgorithm algorithm = random.between(0, 3) == 0 ? DigestAlgorithm.SHA1 : DigestAlgorithm.SHA256;
            entries.add(Entry.of(
                    Thumbprint.ofEncoded(name.getBytes(StandardCharsets.UTF_8), algorithm),
                    random.between(0, 2) == 0 ? null : "label" + random.between(0, 1)));
        }
        return entries;
    }

    private static boolean isListed(Entry entry, List<Entry> entries) {
        return entries.stream().anyMatch(it -> it.digest().equals(entry.digest()));
    }

    private static EntryChanges changes(List<Entry> before, List<Entry> now) {
        return EntryChanges.between(EntryTable.of(before), EntryTable.of(now));
    }

    private static Entry entry(String label) {
        return Entry.of(digest(label), label);
    }

    private static Thumbprint digest(String of) {
        return Thumbprint.ofEncoded(of.getBytes(StandardCharsets.UTF_8), DigestAlgorithm.SHA256);
    }
}
