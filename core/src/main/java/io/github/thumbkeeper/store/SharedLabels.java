/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.message.SafeText;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Warns of labels that two stores give to different certificates: a principal named by label is then ambiguous. */
final class SharedLabels {

    private static final int MOST_NAMED = 20;

    private final List<WatchedStore> labelled;
    private final StoreLog log;
    private final Map<String, Labelled> known = new HashMap<>();
    private int named;

    private record Labelled(CertificateDigest digest, WatchedStore store) {}

    SharedLabels(List<WatchedStore> stores, StoreLog log) {
        this.log = log;
        this.labelled = stores.stream()
                .filter(store -> store.purpose() != CertificateStore.Purpose.DENY)
                .filter(store -> store.entries().hasLabels())
                .toList();
    }

    void warn() {
        for (int i = 0; labelled.size() > 1 && i < labelled.size(); i++) {
            WatchedStore store = labelled.get(i);
            boolean last = i == labelled.size() - 1;
            store.entries().forEach(entry -> compare(entry, store, last));
        }
    }

    private void compare(Entry entry, WatchedStore store, boolean last) {
        String label = entry.label();
        if (label == null) {
            return;
        }
        Labelled own = new Labelled(entry.digest(), store);
        // Nobody asks for the labels of the last store, so they need not be held.
        Labelled other = last ? known.get(label) : known.putIfAbsent(label, own);
        if (other != null && differ(own, other) && named++ < MOST_NAMED) {
            warn(label, other.store, store);
        }
    }

    private static boolean differ(Labelled one, Labelled other) {
        return one.store != other.store
                && one.digest.getClass() == other.digest.getClass()
                && !one.digest.equals(other.digest);
    }

    private void warn(String label, WatchedStore earlier, WatchedStore later) {
        log.write(
                Level.WARNING,
                "TK-305 the label " + SafeText.quoted(label) + " stands for different certificates in ["
                        + earlier.location() + "] and [" + later.location() + "]");
    }
}
