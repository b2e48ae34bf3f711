/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The entries of one file, and what to say of them; the certificates themselves are not kept. */
record FileEntries(List<Entry> entries, List<String> warnings) {

    static FileEntries of(String store, CertificateFiles.Reading reading, Instant now) throws StoreException {
        List<Entry> entries = new ArrayList<>();
        for (NamedCertificate listed : reading.certificates()) {
            entries.add(listed.toEntry(store));
        }
        List<String> warnings = new ArrayList<>(reading.warnings());
        warnings.addAll(CertificateNotes.of(store, reading.certificates(), now));
        return new FileEntries(List.copyOf(entries), List.copyOf(warnings));
    }
}
