/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.CertificateDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one store, packed for look-ups. An entry that is nothing but a SHA-256 digest takes 35 bytes; an
 * {@link Entry} is made of it only when it is asked for.
 *
 * <p>Entries come back in the order in which they were added. Where they differ in nothing but digests of one kind, order
 * means nothing, and it is not kept. Immutable and safe to share between threads.
 */
public final class EntryTable implements Iterable<Entry> {

    private static final EntryTable EMPTY = new Builder().build();

    private final List<DigestTable> parts;
    private final Labels labels;
    private final EntryAttributes terms;
    private final boolean ordered;
    private final Set<CertificateDigest> repeated;

    private EntryTable(Builder builder) {
        labels = builder.labels.build();
        terms = builder.terms.build();
        ordered = builder.columns.size() > 1 || !labels.areAlike() || !terms.areAlike();
        parts = builder.columns.values().stream()
                .map(column -> column.toTable(ordered))
                .toList();
        repeated = parts.stream().flatMap(part -> part.repeated().stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns a table without entries. */
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

    /** Returns the kinds of digests that are there. */
    public Stream<DigestKind> kinds() {
        return parts.stream().map(DigestTable::kind);
    }

    /** Returns whether any entry has an until. */
    public boolean haveEnds() {
        return terms.haveEnds();
    }

    /** Returns whether any entry has a label. */
    public boolean hasLabels() {
        return !labels.areMissing();
    }

    /**
     * Adds the entries that match a certificate.
     *
     * @param digests gives the digest of each kind of the certificate
     */
    public void find(Function<DigestKind, byte[]> digests, List<Entry> matches) {
        List<Match> found = null;
        for (DigestTable part : parts) {
            byte[] digest = digests.apply(part.kind());
            for (int slot = part.first(digest); slot >= 0; slot = part.next(digest, slot)) {
                found = found == null ? new ArrayList<>(1) : found;
                found.add(new Match(part, slot));
            }
        }
        if (found != null) {
            found.sort(Comparator.comparingInt(Match::ordinal));
            found.forEach(match -> matches.add(entry(match)));
        }
    }

    /** Returns the digests that more than one entry has. */
    public Set<CertificateDigest> repeated() {
        return repeated;
    }

    @Override
    public Iterator<Entry> iterator() {
        return stream().iterator();
    }

    /** Returns the entries, each made when its turn comes. */
    public Stream<Entry> stream() {
        return ordered
                ? sorted()
                : parts.stream()
                        .flatMap(
                                part -> IntStream.range(0, part.size()).mapToObj(slot -> entry(new Match(part, slot))));
    }

    private Stream<Entry> sorted() {
        long[] places = new long[size()];
        for (int number = 0; number < parts.size(); number++) {
            DigestTable part = parts.get(number);
            for (int slot = 0; slot < part.size(); slot++) {
                places[part.ordinal(slot)] = (long) number << 32 | slot;
            }
        }
        return IntStream.range(0, places.length)
                .mapToObj(i -> entry(new Match(parts.get((int) (places[i] >> 32)), (int) places[i])));
    }

    private Entry entry(Match match) {
        int ordinal = match.ordinal();
        EntryAttributes.Term term = terms.get(ordinal);
        return new Entry(
                match.part.digest(match.slot),
                labels.get(ordinal),
                term.roles(),
                term.from(),
                term.until(),
                term.disabled());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof EntryTable that
                        && parts.equals(that.parts)
                        && labels.equals(that.labels)
                        && terms.equals(that.terms));
    }

    @Override
    public int hashCode() {
        return Objects.hash(parts, labels, terms);
    }

    private record Match(DigestTable part, int slot) {
        int ordinal() {
            return part.ordinal(slot);
        }
    }

    /** Takes entry after entry, so that nobody needs to hold them all. Used by one thread, for one table. */
    public static final class Builder {
        private final Map<DigestKind, DigestColumn> columns = new EnumMap<>(DigestKind.class);
        private final Labels.Builder labels = new Labels.Builder();
        private final EntryAttributes.Builder terms = new EntryAttributes.Builder();
        private int size;

        /** Adds an entry. */
        public void add(Entry entry) {
            add(DigestKind.of(entry.digest()), entry.digest().toBytes(), entry.label(), EntryAttributes.Term.of(entry));
        }

        /** Adds an entry that is nothing but a digest, which stands at the beginning of the bytes. */
        public void add(DigestKind kind, byte[] digest) {
            add(kind, digest, null, EntryAttributes.Term.PLAIN);
        }

        private void add(DigestKind kind, byte[] digest, @Nullable String label, EntryAttributes.Term term) {
            columns.computeIfAbsent(kind, DigestColumn::new).add(digest, size++);
            labels.add(label);
            terms.add(term);
        }

        /** Makes the table; this builder is used up. */
        public EntryTable build() {
            return new EntryTable(this);
        }
    }
}
