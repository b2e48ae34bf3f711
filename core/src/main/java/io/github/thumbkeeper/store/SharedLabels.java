/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.message.SafeText;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Warns of labels that two lists give to different certificates: a principal named by label is then ambiguous. */
final class SharedLabels {

    private static final int MOST_NAMED = 20;

    private final List<Source> sources;
    private final PendingLog log;
    private final Map<String, Labelled> known = new HashMap<>();
    private int named;

    /** The content of one list. */
    record Source(String location, EntryTable entries) {}

    private record Labelled(CertificateDigest digest, int source) {}

    private SharedLabels(List<Source> sources, PendingLog log) {
        this.sources = sources;
        this.log = log;
    }

    static void warn(List<Source> sources, PendingLog log) {
        new SharedLabels(
                        sources.stream()
                                .filter(source -> source.entries.hasLabels())
                                .toList(),
                        log)
                .compareAll();
    }

    private void compareAll() {
        for (int i = 0; sources.size() > 1 && i < sources.size(); i++) {
            int source = i;
            sources.get(i).entries.forEach(entry -> compare(entry, source));
        }
    }

    private void compare(Entry entry, int source) {
        String label = entry.label();
        if (label == null) {
            return;
        }
        Labelled own = new Labelled(entry.digest(), source);
        // No later list is compared with the last one, so its labels need no memory.
        boolean last = source == sources.size() - 1;
        Labelled other = last ? known.get(label) : known.putIfAbsent(label, own);
        if (other != null && differ(own, other) && named++ < MOST_NAMED) {
            log.add(
                    Level.WARNING,
                    "TK-305 the label " + SafeText.quoted(label) + " stands for different certificates in ["
                            + sources.get(other.source).location + "] and [" + sources.get(source).location + "]");
        }
    }

    private static boolean differ(Labelled one, Labelled other) {
        return one.source != other.source
                && one.digest.getClass() == other.digest.getClass()
                && !one.digest.equals(other.digest);
    }
}
