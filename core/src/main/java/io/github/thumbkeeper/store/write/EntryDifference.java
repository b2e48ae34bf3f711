/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.certificate.CertificateDigest;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Difference between two versions of a list, by the labels of its entries; the digest of an entry without a label.
 *
 * <p>Immutable and thread-safe.
 *
 * @param added the entries that are new
 * @param removed the entries that are gone
 * @param changed the entries that differ
 * @param complete false if the earlier version is not known any more, so that a change made by hand may be missing here
 */
public record EntryDifference(List<String> added, List<String> removed, List<String> changed, boolean complete) {
    public EntryDifference {
        added = List.copyOf(new TreeSet<>(added));
        removed = List.copyOf(new TreeSet<>(removed));
        changed = List.copyOf(new TreeSet<>(changed));
    }

    static EntryDifference between(List<ListedEntry> before, List<ListedEntry> now) {
        Map<CertificateDigest, ListedEntry> earlier = byDigest(before);
        Map<CertificateDigest, ListedEntry> later = byDigest(now);
        return new EntryDifference(
                names(now.stream()
                        .filter(entry -> !earlier.containsKey(entry.digest()))
                        .toList()),
                names(before.stream()
                        .filter(entry -> !later.containsKey(entry.digest()))
                        .toList()),
                names(now.stream()
                        .filter(entry ->
                                earlier.containsKey(entry.digest()) && !entry.equals(earlier.get(entry.digest())))
                        .toList()),
                true);
    }

    /** Returns what records of the history did; a later change of the same entry is listed too. */
    static EntryDifference ofHistory(List<HistoryRecord> records) {
        List<EntryStep> steps =
                records.stream().flatMap(each -> each.steps().stream()).toList();
        return new EntryDifference(
                steps.stream()
                        .filter(EntryStep.Added.class::isInstance)
                        .map(EntryStep::name)
                        .toList(),
                steps.stream()
                        .filter(EntryStep.Removed.class::isInstance)
                        .map(EntryStep::name)
                        .toList(),
                steps.stream()
                        .filter(EntryStep.Changed.class::isInstance)
                        .map(EntryStep::name)
                        .toList(),
                false);
    }

    private static Map<CertificateDigest, ListedEntry> byDigest(List<ListedEntry> entries) {
        return entries.stream().collect(Collectors.toMap(ListedEntry::digest, Function.identity()));
    }

    private static List<String> names(List<ListedEntry> entries) {
        return entries.stream().map(ListedEntry::name).toList();
    }
}
