/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Entries of one file and warnings about them; the certificates themselves are not kept. */
public record CertificateEntries(EntryTable entries, List<String> warnings) {

    /** Collects the entries of one certificate after another, and keeps none of the certificates. Not thread-safe. */
    public static final class Collector implements CertificateSink {
        private final String store;
        private final CertificateWarnings flaws;
        private final boolean denying;
        private final EntryTable.Builder entries = new EntryTable.Builder();

        public Collector(String store, Instant now) {
            this(store, now, false);
        }

        public Collector(String store, Instant now, boolean denying) {
            this.store = store;
            this.flaws = new CertificateWarnings(store, now);
            this.denying = denying;
        }

        @Override
        public void add(NamedCertificate listed) throws StoreException {
            entries.add(listed.toEntry(store));
            if (denying) {
                entries.add(listed.toIssuerAndSerial(store));
            } else {
                flaws.add(listed);
            }
        }

        public CertificateEntries build(List<String> warnings) {
            List<String> all = new ArrayList<>(warnings);
            all.addAll(flaws.toList());
            return new CertificateEntries(entries.build(), List.copyOf(all));
        }
    }
}
