/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Digests written in the settings themselves. */
public final class InlineStore implements Loader<EntryTable> {

    private final String setting;
    private final Loaded<EntryTable> loaded;

    /**
     * Makes the store.
     *
     * @param setting the name of the setting
     * @param digests the digests it lists
     */
    public InlineStore(String setting, List<? extends CertificateDigest> digests) {
        this.setting = setting;
        EntryTable entries = EntryTable.of(
                digests.stream().map(digest -> Entry.of(digest, null)).toList());
        this.loaded = new Loaded<>(entries, List.of(), List.of(), setting);
    }

    @Override
    public String location() {
        return setting;
    }

    @Override
    public boolean isFixed() {
        return true;
    }

    @Override
    public Loaded<EntryTable> load(@Nullable Loaded<EntryTable> previous) {
        return loaded;
    }
}
