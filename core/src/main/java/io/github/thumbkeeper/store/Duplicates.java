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
 * Looks for certificates that one store lists twice. The same data twice counts once; different data leaves open who the
 * certificate stands for, so that nothing of the store is taken.
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
     * Returns what was read with every certificate listed once; {@code read} itself if that is so already.
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
                    + " with other label, roles or dates; accepted is one entry for each certificate");
        }
    }

    private Loaded<EntryTable> without(Loaded<EntryTable> read) {
        List<String> warnings = new ArrayList<>(read.warnings());
        warnings.addAll(repeated.toList());
        return new Loaded<>(kept.build(), warnings, read.failures(), read.state());
    }

    private static String named(Entry entry) {
        return entry.label() == null ? "[one without a label]" : SafeText.quoted(entry.label());
    }
}
