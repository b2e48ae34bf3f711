/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.message.BoundedMessages;
import io.github.thumbkeeper.message.SafeText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds certificates that one list contains more than once. Equal entries count once. Entries with different data contradict each
 * other about the client, so the whole list is refused.
 */
public final class Duplicates {

    private final Map<CertificateDigest, Entry> first = new HashMap<>();
    private final EntryTable.Builder kept = new EntryTable.Builder();
    private final BoundedMessages repeated = new BoundedMessages();
    private final BoundedMessages conflicts = new BoundedMessages();

    private Duplicates(Loaded<EntryTable> read) {
        Set<CertificateDigest> suspects = read.value().repeated();
        for (Entry entry : read.value()) {
            if (suspects.contains(entry.digest())) {
                add(entry);
            } else {
                kept.add(entry);
            }
        }
    }

    /**
     * Returns the list with one entry for each certificate; {@code read} itself if it has no duplicates.
     *
     * @throws StoreException if a certificate is listed with different data; the message names both labels
     */
    public static Loaded<EntryTable> resolve(String location, Loaded<EntryTable> read) throws StoreException {
        if (read.value().repeated().isEmpty()) {
            return read;
        }
        Duplicates found = new Duplicates(read);
        if (!found.conflicts.isEmpty()) {
            throw new StoreException(location, String.join("; ", found.conflicts.toList()), null);
        }
        return found.without(read);
    }

    private void add(Entry entry) {
        Entry before = first.putIfAbsent(entry.digest(), entry);
        if (before == null) {
            kept.add(entry);
        } else if (before.equals(entry)) {
            repeated.add("lists " + named(entry) + " [" + entry.digest() + "] more than once; it counts once");
        } else {
            conflicts.add("lists [" + entry.digest() + "] as " + named(before) + " and as " + named(entry)
                    + " with other label, roles or dates; expected one entry for each certificate");
        }
    }

    private Loaded<EntryTable> without(Loaded<EntryTable> read) {
        List<String> warnings = new ArrayList<>(read.warnings());
        warnings.addAll(repeated.toList());
        return new Loaded<>(kept.build(), warnings, read.failures(), read.state());
    }

    private static String named(Entry entry) {
        return entry.label() == null ? "[an entry without a label]" : SafeText.quoted(entry.label());
    }
}
