/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import java.util.List;
import java.util.Map;

/** Content of one file of a directory of clients. Immutable and thread-safe. */
sealed interface FolderPart {

    /**
     * Certificates.
     *
     * @param entries an entry for each, packed if they are usual
     * @param aliases their other digests, each with the digests of the entries that it stands for; empty if the directory has no
     *     thumbprint list, since only a list refers to them
     */
    record Certificates(Iterable<Entry> entries, Map<CertificateDigest, List<CertificateDigest>> aliases)
            implements FolderPart {}

    /**
     * The lines of a thumbprint list.
     *
     * @param entries an entry for each
     * @param removed whether the file is gone, so that its lines can only restrict
     */
    record Lines(EntryTable entries, boolean removed) implements FolderPart {

        /** Returns what stays of a list that has been removed while another list cannot be read: its restrictions. */
        Lines restrictions() {
            EntryTable.Builder restrictions = new EntryTable.Builder();
            entries.stream()
                    .filter(line -> line.disabled() || line.from() != null || line.until() != null)
                    .forEach(restrictions::add);
            return new Lines(restrictions.build(), true);
        }
    }
}
