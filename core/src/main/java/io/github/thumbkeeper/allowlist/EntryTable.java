/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.CertificateDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Entries of one store, packed for look-ups. An entry with only a SHA-256 digest takes 35 bytes; {@link Entry} objects are
 * created on demand.
 *
 * <p>Iteration follows the order in which the entries were added. If the entries have nothing but digests of one kind, their
 * order means nothing and is not kept.
 *
 * <p>Immutable and thread-safe.
 */
public final class EntryTable implements Iterable<Entry> {

    private static final EntryTable EMPTY = new Builder().build();

    private final List<DigestTable> parts;
    private final Labels labels;
    private final EntryAttributes attributes;
    private final EndColumn certificateEnds;
    private final boolean ordered;
    private final Set<CertificateDigest> repeated;

    private EntryTable(Builder builder) {
        labels = builder.labels.build();
        attributes = builder.attributes.build();
        certificateEnds = builder.certificateEnds.build();
        ordered = builder.columns.size() > 1
                || !labels.isUniform()
                || !attributes.isUniform()
                || !certificateEnds.isEmpty();
        parts = List.copyOf(builder.columns.values().stream()
                .map(column -> column.toTable(ordered))
                .toList());
        repeated = parts.stream().flatMap(part -> part.repeated().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns the table without entries. */
    public static EntryTable empty() {
        return EMPTY;
    }

    /** Packs these entries. */
    public static EntryTable of(Iterable<Entry> entries) {
        Builder builder = new Builder();
        entries.forEach(builder::add);
        return builder.build();
    }

    /** Returns the number of entries. */
    public int size() {
        return parts.stream().mapToInt(DigestTable::size).sum();
    }

    /** Returns whether there are no entries. */
    public boolean isEmpty() {
        return parts.isEmpty();
    }

    /** Returns the kinds of digests in this table. */
    public Stream<DigestKind> kinds() {
        return parts.stream().map(DigestTable::kind);
    }

    /** Returns whether any entry has an end. */
    public boolean hasEnds() {
        return attributes.hasEnds();
    }

    /** Returns the entries whose {@link Entry#end} is known, in no particular order. */
    public Stream<Entry> ending() {
        return hasEnds() || !certificateEnds.isEmpty() ? stream().filter(entry -> entry.end() != null) : Stream.empty();
    }

    /** Returns whether any entry has a label. */
    public boolean hasLabels() {
        return !labels.isEmpty();
    }

    /**
     * Returns the entries that match a certificate, in their order. Allocates nothing if there are none.
     *
     * @param digests returns the certificate's digest of a kind
     */
    public List<Entry> find(Function<DigestKind, byte[]> digests) {
        return find(digests, null);
    }

    /** Finds the entries, and marks them as matched. */
    List<Entry> find(Function<DigestKind, byte[]> digests, @Nullable MatchedEntries marks) {
        if (!contains(digests)) {
            return List.of();
        }
        List<Match> found = new ArrayList<>(1);
        for (DigestTable part : parts) {
            forEach(part, digests.apply(part.kind()), found::add);
        }
        if (marks != null) {
            found.forEach(match -> marks.mark(match.ordinal()));
        }
        return entries(found);
    }

    /** Returns whether any entry matches a certificate. Allocates nothing. */
    boolean contains(Function<DigestKind, byte[]> digests) {
        for (int i = 0; i < parts.size(); i++) {
            DigestTable part = parts.get(i);
            if (part.first(digests.apply(part.kind())) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Marks the entries with this digest. */
    void mark(CertificateDigest digest, MatchedEntries marks) {
        forEach(digest, match -> marks.mark(match.ordinal()));
    }

    private void forEach(CertificateDigest digest, Consumer<Match> action) {
        DigestKind kind = DigestKind.of(digest);
        parts.stream().filter(part -> part.kind() == kind).forEach(part -> forEach(part, digest.toBytes(), action));
    }

    private static void forEach(DigestTable part, byte[] digest, Consumer<Match> action) {
        for (int slot = part.first(digest); slot >= 0; slot = part.next(digest, slot)) {
            action.accept(new Match(part, slot));
        }
    }

    /** Returns the entries with a digest, in their order. */
    List<Entry> find(CertificateDigest digest) {
        List<Match> found = new ArrayList<>(1);
        forEach(digest, found::add);
        return entries(found);
    }

    private List<Entry> entries(List<Match> found) {
        return found.stream()
                .sorted(Comparator.comparingInt(Match::ordinal))
                .map(this::entry)
                .toList();
    }

    /** Returns the numbers of the entries whose digest another table has too, without creating the entries. */
    BitSet listedIn(EntryTable other) {
        return sharedWith(other, (ordinal, match) -> true);
    }

    /** Returns the numbers of the entries to which one of another table is equal, without creating the entries. */
    BitSet equalIn(EntryTable other) {
        return sharedWith(other, (ordinal, match) -> hasEqualAttributes(ordinal, other, match));
    }

    private BitSet sharedWith(EntryTable other, IntBiPredicate accepted) {
        BitSet shared = new BitSet(size());
        for (DigestTable part : parts) {
            for (DigestTable theirs : other.parts) {
                if (theirs.kind() == part.kind()) {
                    addShared(part, theirs, accepted, shared);
                }
            }
        }
        return shared;
    }

    private static void addShared(DigestTable part, DigestTable theirs, IntBiPredicate accepted, BitSet shared) {
        byte[] digest = new byte[part.kind().length()];
        for (int slot = 0; slot < part.size(); slot++) {
            part.copy(slot, digest);
            int ordinal = part.ordinal(slot);
            int match = theirs.first(digest);
            while (match >= 0 && !accepted.test(ordinal, theirs.ordinal(match))) {
                match = theirs.next(digest, match);
            }
            shared.set(ordinal, match >= 0);
        }
    }

    /** Compares what {@link Entry#equals} does, apart from the digest. */
    private boolean hasEqualAttributes(int ordinal, EntryTable other, int match) {
        return Objects.equals(labels.get(ordinal), other.labels.get(match))
                && attributes.get(ordinal).equals(other.attributes.get(match));
    }

    /** Condition on the number of an entry and that of another table's entry. */
    @FunctionalInterface
    private interface IntBiPredicate {
        boolean test(int ordinal, int match);
    }

    /** Returns the labels of all entries that have one, without creating the entries. */
    Stream<String> labels() {
        return labels.stream(size());
    }

    /** Returns the digests that more than one entry has. */
    public Set<CertificateDigest> repeated() {
        return repeated;
    }

    @Override
    public Iterator<Entry> iterator() {
        return stream().iterator();
    }

    /** Returns the entries, each created when the stream reaches it. */
    public Stream<Entry> stream() {
        return stream(ordinal -> true);
    }

    /** Returns the entries whose numbers satisfy a condition, each created when the stream reaches it. */
    Stream<Entry> stream(IntPredicate wanted) {
        return ordered
                ? sorted(wanted)
                : parts.stream()
                        .flatMap(part -> IntStream.range(0, part.size())
                                .filter(wanted)
                                .mapToObj(slot -> entry(new Match(part, slot))));
    }

    private Stream<Entry> sorted(IntPredicate wanted) {
        long[] places = new long[size()];
        for (int number = 0; number < parts.size(); number++) {
            DigestTable part = parts.get(number);
            for (int slot = 0; slot < part.size(); slot++) {
                places[part.ordinal(slot)] = (long) number << 32 | slot;
            }
        }
        return IntStream.range(0, places.length)
                .filter(wanted)
                .mapToObj(i -> entry(new Match(parts.get((int) (places[i] >> 32)), (int) places[i])));
    }

    private Entry entry(Match match) {
        int ordinal = match.ordinal();
        EntryAttributes.Values values = attributes.get(ordinal);
        return new Entry(
                match.part.digest(match.slot),
                labels.get(ordinal),
                values.roles(),
                values.from(),
                values.until(),
                values.disabled(),
                certificateEnds.get(ordinal));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof EntryTable that
                        && parts.equals(that.parts)
                        && labels.equals(that.labels)
                        && attributes.equals(that.attributes));
    }

    @Override
    public int hashCode() {
        return Objects.hash(parts, labels, attributes);
    }

    private record Match(DigestTable part, int slot) {
        int ordinal() {
            return part.ordinal(slot);
        }
    }

    /** Collects the entries of one table, one at a time, so that the caller need not hold them all. Not thread-safe. */
    public static final class Builder {
        private final Map<DigestKind, DigestColumn> columns = new EnumMap<>(DigestKind.class);
        private final Labels.Builder labels = new Labels.Builder();
        private final EntryAttributes.Builder attributes = new EntryAttributes.Builder();
        private final EndColumn.Builder certificateEnds = new EndColumn.Builder();
        private int size;

        /** Adds an entry. */
        public void add(Entry entry) {
            add(
                    DigestKind.of(entry.digest()),
                    entry.digest().toBytes(),
                    entry.label(),
                    EntryAttributes.Values.of(entry),
                    entry.certificateEnd());
        }

        /** Adds an entry without attributes, whose digest is at the start of the array. */
        public void add(DigestKind kind, byte[] digest) {
            add(kind, digest, null, EntryAttributes.Values.DEFAULT, null);
        }

        private void add(
                DigestKind kind,
                byte[] digest,
                @Nullable String label,
                EntryAttributes.Values values,
                @Nullable Instant certificateEnd) {
            columns.computeIfAbsent(kind, DigestColumn::new).add(digest, size++);
            labels.add(label);
            attributes.add(values);
            certificateEnds.add(certificateEnd);
        }

        /** Builds the table. Can be called once. */
        public EntryTable build() {
            return new EntryTable(this);
        }
    }
}
