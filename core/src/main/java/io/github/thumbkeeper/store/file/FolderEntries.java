/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.IssuerAndSerial;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.message.BoundedMessages;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.FolderPart.Certificates;
import io.github.thumbkeeper.store.file.FolderPart.Lines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Joins the files of a directory of clients to one list. A certificate in several files is one entry, with the label of the first
 * file by name. A line of a thumbprint list adds its roles, dates and switch to the certificate that it matches; any other line
 * lists a certificate by itself.
 *
 * <p>Lines that contradict each other, or a label that contradicts the file's, are a failure of the list file. At the start such a
 * store is refused. Later, one contradiction must neither hold up the changes of other files nor admit more than before: that
 * certificate keeps its last entry, restricted by each of the lines, and a new one is not listed.
 *
 * <p>Not thread-safe; used for one reading.
 */
final class FolderEntries {

    private static final int MOST_NAMED = 5;

    private final DirectoryReader<FolderPart> reader;
    private final boolean denying;
    private final Map<CertificateDigest, Listed> certificates = new LinkedHashMap<>();
    private final Map<CertificateDigest, Set<CertificateDigest>> aliases = new HashMap<>();
    private final Map<CertificateDigest, List<Line>> alone = new LinkedHashMap<>();
    /** Lines of removed lists, which restrict a line of another list but do not list by themselves. */
    private final Map<CertificateDigest, List<Line>> restricting = new HashMap<>();

    private final Set<CertificateDigest> matched = new HashSet<>();
    private final SortedMap<Path, StoreException> contradictions = new TreeMap<>();
    private final BoundedMessages repeated = new BoundedMessages();
    private final BoundedMessages left = new BoundedMessages();

    /**
     * Result of joining.
     *
     * @param contradictions the failures of list files
     * @param matched the digests of the lines that matched a certificate
     */
    record Joined(
            EntryTable entries,
            List<String> warnings,
            Collection<StoreException> contradictions,
            Set<CertificateDigest> matched) {}

    private record Line(Path file, Entry entry, boolean removed) {}

    /** A certificate, the files that contain it, and the lines that match it. */
    private static final class Listed {
        private final Entry first;
        private final Map<Path, @Nullable String> labels = new LinkedHashMap<>();
        private final List<Line> lines = new ArrayList<>();

        Listed(Entry first) {
            this.first = first;
        }
    }

    FolderEntries(DirectoryReader<FolderPart> reader, boolean denying) {
        this.reader = reader;
        this.denying = denying;
    }

    /**
     * Joins the files.
     *
     * @param before the last list
     * @param matchedBefore the digests of the lines that matched a certificate then
     */
    Joined join(SortedMap<Path, Loaded<FolderPart>> parts, EntryTable before, Set<CertificateDigest> matchedBefore) {
        EntryTable plain = certificates(parts);
        boolean lists = parts.values().stream().anyMatch(part -> part.value() instanceof Lines);
        if (!lists && plain.repeated().isEmpty()) {
            return new Joined(plain, List.of(), List.of(), Set.of());
        }
        parts.forEach((file, part) -> {
            if (part.value() instanceof Certificates found) {
                found.entries().forEach(entry -> add(file, entry));
                found.aliases()
                        .forEach((alias, digests) -> aliases.computeIfAbsent(alias, key -> new LinkedHashSet<>())
                                .addAll(digests));
            }
        });
        parts.forEach((file, part) -> {
            if (part.value() instanceof Lines list) {
                list.entries().forEach(entry -> match(new Line(file, entry, list.removed()), matchedBefore));
            }
        });
        EntryTable entries = entries(new Last(before));
        List<String> warnings = new ArrayList<>(repeated.toList());
        warnings.addAll(left.toList());
        return new Joined(entries, warnings, contradictions.values(), Set.copyOf(matched));
    }

    private static EntryTable certificates(SortedMap<Path, Loaded<FolderPart>> parts) {
        EntryTable.Builder builder = new EntryTable.Builder();
        parts.values().forEach(part -> {
            if (part.value() instanceof Certificates found) {
                found.entries().forEach(builder::add);
            }
        });
        return builder.build();
    }

    private void add(Path file, Entry entry) {
        Listed listed = certificates.computeIfAbsent(entry.digest(), digest -> new Listed(entry));
        listed.labels.putIfAbsent(file, entry.label());
    }

    /** A pin also lists by itself: the next certificate with the same key is admitted too. */
    private void match(Line line, Set<CertificateDigest> matchedBefore) {
        CertificateDigest digest = line.entry.digest();
        Set<CertificateDigest> targets =
                certificates.containsKey(digest) ? Set.of(digest) : aliases.getOrDefault(digest, Set.of());
        targets.forEach(
                target -> Objects.requireNonNull(certificates.get(target)).lines.add(line));
        if (!targets.isEmpty()) {
            matched.add(digest);
        }
        boolean lists = !line.removed || line.entry.disabled();
        if (targets.isEmpty() || digest instanceof PublicKeyPin) {
            (lists ? alone : restricting)
                    .computeIfAbsent(digest, key -> new ArrayList<>())
                    .add(line);
        }
        if (targets.isEmpty() && matchedBefore.contains(digest) && !line.entry.disabled() && !denying) {
            left.add("no longer has the certificate [" + digest + "], but [" + FilePaths.nameOf(line.file)
                    + "] still lists its thumbprint, so it is still admitted; delete that line too, or add disabled");
        }
    }

    private EntryTable entries(Last last) {
        EntryTable.Builder entries = new EntryTable.Builder();
        certificates.forEach((digest, listed) -> {
            warnOfRepetition(digest, listed);
            Entry entry = of(listed, last);
            if (entry != null) {
                entries.add(entry);
            }
        });
        alone.forEach((digest, lines) -> {
            List<Line> all = new ArrayList<>(lines);
            all.addAll(restricting.getOrDefault(digest, List.of()));
            Entry entry = of(lines.get(0).entry, all, Set.of(), last);
            if (entry != null) {
                entries.add(entry);
            }
        });
        return entries.build();
    }

    private void warnOfRepetition(CertificateDigest digest, Listed listed) {
        if (listed.labels.size() > 1 && !(digest instanceof IssuerAndSerial)) {
            int more = listed.labels.size() - MOST_NAMED;
            repeated.add("has the certificate [" + digest + "] in "
                    + listed.labels.keySet().stream()
                            .limit(MOST_NAMED)
                            .map(file -> SafeText.quoted(FilePaths.nameOf(file)))
                            .collect(Collectors.joining(", "))
                    + (more > 0 ? " and " + more + " more files" : "")
                    + "; it counts once, with the label of the first file");
        }
    }

    private @Nullable Entry of(Listed listed, Last last) {
        return listed.lines.isEmpty()
                ? listed.first
                : of(listed.first, listed.lines, new LinkedHashSet<>(listed.labels.values()), last);
    }

    /**
     * Returns the entry of a certificate, or null if its lines contradict each other.
     *
     * @param labels the labels of the files that contain it; empty if it is known by its lines only
     */
    private @Nullable Entry of(Entry first, List<Line> lines, Set<@Nullable String> labels, Last last) {
        List<Line> present = lines.stream().filter(line -> !line.removed).toList();
        Entry entry = present.isEmpty() ? first : agreed(first, present, labels);
        Entry result = entry == null ? last.entry(first, lines, denying) : entry;
        for (Line line : lines) {
            if (line.removed && result != null) {
                result = result.restrictedBy(line.entry.withRoles(result.roles()));
            }
        }
        return result;
    }

    /** Returns the entry on which all lines agree, or null. */
    private @Nullable Entry agreed(Entry first, List<Line> lines, Set<@Nullable String> labels) {
        Entry model = lines.get(0).entry;
        String label = null;
        for (Line line : lines) {
            String own = line.entry.label();
            if (own != null && !labels.isEmpty() && !labels.contains(own)) {
                contradict(
                        line,
                        "is labelled " + SafeText.quoted(own) + " there, but the file of the certificate gives "
                                + shown(labels) + "; expected the same label, or none");
                return null;
            }
            if (!line.entry.hasAttributesOf(model) || (label != null && own != null && !label.equals(own))) {
                contradict(line, "is in another line too, with other data; expected one line for each certificate");
                return null;
            }
            label = label == null ? own : label;
        }
        String kept = label == null ? first.label() : label;
        return first.withAttributesOf(model).withLabel(kept);
    }

    private static String shown(Set<@Nullable String> labels) {
        return labels.stream()
                .map(label -> label == null ? "no label" : SafeText.quoted(label))
                .collect(Collectors.joining(" or "));
    }

    private void contradict(Line line, String why) {
        String file = reader.nameOf(line.file);
        contradictions.putIfAbsent(
                line.file, new StoreException(file, "lists [" + line.entry.digest() + "], which " + why, null));
    }

    /** The last list, which is searched only if there is a contradiction. */
    private static final class Last {
        private final EntryTable table;
        private @Nullable Map<CertificateDigest, Entry> entries;

        Last(EntryTable table) {
            this.table = table;
        }

        /**
         * Returns the last entry with every restriction of the lines. Without a last entry, returns one only if it refuses: in a
         * deny list, or if a line is disabled.
         */
        @Nullable
        Entry entry(Entry first, List<Line> lines, boolean denying) {
            if (entries == null) {
                entries = table.stream().collect(Collectors.toMap(Entry::digest, each -> each, (one, other) -> one));
            }
            boolean refuses = denying || lines.stream().anyMatch(line -> line.entry.disabled());
            Entry result = entries.getOrDefault(first.digest(), refuses ? first : null);
            for (Line line : lines) {
                result = result == null ? null : result.restrictedBy(line.entry);
            }
            return result;
        }
    }
}
