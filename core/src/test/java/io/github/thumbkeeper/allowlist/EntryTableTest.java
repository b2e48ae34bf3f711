/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the table with a plain map, with content from a seeded generator. */
class EntryTableTest {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final List<DigestKind> KINDS = List.of(DigestKind.values());

    private final Random random = new Random(20261124);

    @ParameterizedTest(name = "{0} entries, mixed kinds: {1}, with labels and dates: {2}, some digests repeated: {3}")
    @CsvSource({
        "0, false, false, false",
        "1, false, false, false",
        "1, true, true, false",
        "3, false, false, true",
        "3, true, true, true",
        "17, true, false, true",
        "1000, false, true, true",
        "1000, true, true, true",
        "100000, false, false, false",
        "100000, true, true, true"
    })
    void findsTheSameEntriesAsAMap(int count, boolean mixed, boolean detailed, boolean repeated) {
        List<Entry> entries = entries(count, mixed, detailed, repeated);
        EntryTable table = EntryTable.of(entries);
        Map<CertificateDigest, List<Entry>> model =
                entries.stream().collect(Collectors.groupingBy(Entry::digest, Collectors.toList()));

        assertThat(table.size()).isEqualTo(count);
        assertThat(table.isEmpty()).isEqualTo(count == 0);
        assertThat(table.repeated()).isEqualTo(repeatedOf(model));
        model.forEach((digest, listed) -> assertEquals(listed, find(table, digest)));
        for (DigestKind kind : DigestKind.values()) {
            for (int i = 0; i < 1000; i++) {
                CertificateDigest stranger = digest(kind);
                assertEquals(List.of(), find(table, stranger));
            }
        }
        if (mixed || detailed) {
            assertEquals(entries, table.stream().toList());
        } else {
            assertThat(counted(table)).isEqualTo(counted(entries));
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("digests that differ in one byte are different entries")
    void comparesEveryByte(DigestKind kind) {
        byte[] bytes = bytes(kind.length());
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < bytes.length; i++) {
            byte[] other = bytes.clone();
            other[i] ^= 1;
            entries.add(Entry.of(kind.digest(other), "differs at " + i));
        }
        EntryTable table = EntryTable.of(entries);

        assertThat(find(table, kind.digest(bytes))).isEmpty();
        entries.forEach(entry -> assertThat(find(table, entry.digest())).containsExactly(entry));
    }

    @Test
    @DisplayName("entries of several kinds that match one certificate are found in the order of the list")
    void keepsOrderAcrossKinds() {
        Function<DigestKind, byte[]> alice = kind -> kind.of(ALICE.certificate(), ALICE.der());
        List<DigestKind> kinds = List.of(
                DigestKind.PIN,
                DigestKind.SHA512,
                DigestKind.SHA1,
                DigestKind.SHA256,
                DigestKind.SHA384,
                DigestKind.PIN);
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < kinds.size(); i++) {
            entries.addAll(entries(5, true, false, false));
            entries.add(Entry.of(kinds.get(i).digest(alice.apply(kinds.get(i))), "of line " + i));
        }

        assertThat(EntryTable.of(entries).find(alice))
                .extracting(Entry::label)
                .containsExactly("of line 0", "of line 1", "of line 2", "of line 3", "of line 4", "of line 5");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"alice", "Jürgen", "\u65E5\u672C", "\uD835\uDC9C", "half \uD800 pair", "a\u0000b"})
    void returnsLabelsUnchanged(String label) {
        List<Entry> entries = List.of(
                Entry.of(digest(DigestKind.SHA256), null),
                Entry.of(digest(DigestKind.SHA256), label),
                Entry.of(digest(DigestKind.SHA256), "other"),
                Entry.of(digest(DigestKind.SHA256), null));

        assertThat(EntryTable.of(entries)).containsExactlyElementsOf(entries);
    }

    @Test
    void reportsWhetherThereAreLabelsAndEnds() {
        Entry plain = Entry.of(digest(DigestKind.SHA256), null);
        Entry named = Entry.of(digest(DigestKind.SHA256), "alice");
        Entry ending = new Entry(digest(DigestKind.SHA256), null, Set.of(), null, Instant.EPOCH, false);

        assertThat(EntryTable.of(List.of(plain, ending)).hasLabels()).isFalse();
        assertThat(EntryTable.of(List.of(named)).hasLabels()).isTrue();
        assertThat(EntryTable.of(List.of(plain, named)).hasLabels()).isTrue();
        assertThat(EntryTable.of(List.of(plain, named)).hasEnds()).isFalse();
        assertThat(EntryTable.of(List.of(plain, named, ending)).hasEnds()).isTrue();
    }

    @Test
    void equalsATableWithTheSameEntries() {
        List<Entry> entries = entries(100, true, true, false);
        EntryTable table = EntryTable.of(entries);

        assertThat(EntryTable.of(entries)).isEqualTo(table).hasSameHashCodeAs(table);
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            List<Entry> changed = new ArrayList<>(entries);
            changed.set(i, new Entry(entry.digest(), "another", entry.roles(), entry.from(), entry.until(), false));
            assertThat(EntryTable.of(changed)).isNotEqualTo(table);
            changed.set(i, Entry.of(digest(DigestKind.SHA384), entry.label()));
            assertThat(EntryTable.of(changed)).isNotEqualTo(table);
            changed.remove(i);
            assertThat(EntryTable.of(changed)).isNotEqualTo(table);
        }
    }

    @Test
    @Timeout(20)
    @DisplayName("consecutive numbers instead of digests take no quadratic time")
    void spreadsConsecutiveNumbers() {
        List<Entry> entries = IntStream.range(1, 200_000)
                .mapToObj(i -> ByteBuffer.allocate(32).putInt(28, i).array())
                .map(bytes -> Entry.of(DigestKind.SHA256.digest(bytes), null))
                .toList();
        EntryTable table = EntryTable.of(entries);

        entries.forEach(entry -> assertEquals(List.of(entry), find(table, entry.digest())));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("a million entries with only a digest take 3 bytes each in addition to the digest: 35 for SHA-256")
    void takesFewBytes(DigestKind kind) throws Exception {
        int count = 1_000_000;
        EntryTable.Builder builder = new EntryTable.Builder();
        for (int i = 0; i < count; i++) {
            builder.add(kind, bytes(kind.length()));
        }

        assertThat(arrayBytes(builder.build()) / (double) count).isLessThan(kind.length() + 3.01);
    }

    @Test
    @DisplayName("a list of ten takes at most 64 bytes an entry")
    void takesFewBytesForFewEntries() throws Exception {
        EntryTable.Builder builder = new EntryTable.Builder();
        for (int i = 0; i < 10; i++) {
            builder.add(DigestKind.SHA256, bytes(32));
        }

        assertThat(arrayBytes(builder.build())).isLessThan(640);
    }

    /** Returns the bytes of all arrays of a table, each with a header of 16. */
    private static long arrayBytes(EntryTable table) throws ReflectiveOperationException {
        long bytes = 0;
        for (Object part : (List<?>) valueOf(table, "parts")) {
            bytes += 16 + Array.getLength(valueOf(part, "digests"));
            bytes += 16 + 4L * Array.getLength(valueOf(part, "ends"));
            assertThat(valueOf(part, "ordinals")).isNull();
        }
        assertThat(valueOf(valueOf(table, "labels"), "ends")).isNull();
        assertThat(valueOf(valueOf(table, "attributes"), "indexes")).isNull();
        assertThat((Set<?>) valueOf(table, "repeated")).isEmpty();
        return bytes;
    }

    private static Object valueOf(Object holder, String name) throws ReflectiveOperationException {
        Field field = holder.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(holder);
    }

    private static Map<Entry, Integer> counted(Iterable<Entry> entries) {
        Map<Entry, Integer> counts = new HashMap<>();
        entries.forEach(entry -> counts.merge(entry, 1, Integer::sum));
        return counts;
    }

    private static Set<CertificateDigest> repeatedOf(Map<CertificateDigest, List<Entry>> model) {
        return model.entrySet().stream()
                .filter(each -> each.getValue().size() > 1)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static List<Entry> find(EntryTable table, CertificateDigest digest) {
        return table.find(kind -> kind == DigestKind.of(digest) ? digest.toBytes() : new byte[kind.length()]);
    }

    private List<Entry> entries(int count, boolean mixed, boolean detailed, boolean repeated) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            DigestKind kind = mixed ? KINDS.get(random.nextInt(KINDS.size())) : DigestKind.SHA256;
            boolean again = repeated && i > 0 && random.nextInt(4) == 0;
            CertificateDigest digest = again ? entries.get(random.nextInt(i)).digest() : digest(kind);
            entries.add(detailed ? detailed(digest, i) : Entry.of(digest, null));
        }
        return entries;
    }

    private Entry detailed(CertificateDigest digest, int number) {
        return new Entry(
                digest,
                random.nextInt(3) == 0 ? null : "label" + number,
                random.nextBoolean() ? Set.of() : Set.of("role" + random.nextInt(3)),
                random.nextInt(5) == 0 ? Instant.ofEpochSecond(random.nextInt(10)) : null,
                random.nextInt(5) == 0 ? Instant.ofEpochSecond(random.nextInt(10)) : null,
                random.nextInt(5) == 0);
    }

    private CertificateDigest digest(DigestKind kind) {
        return kind.digest(bytes(kind.length()));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
