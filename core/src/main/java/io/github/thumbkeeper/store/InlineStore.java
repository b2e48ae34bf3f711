/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.CertificateDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The digests written into the settings themselves. */
public final class InlineStore implements CertificateStore {

    private final String setting;
    private final Contents contents;

    /**
     * Makes the store.
     *
     * @param setting the name of the setting
     * @param digests the digests it lists
     */
    public InlineStore(String setting, List<? extends CertificateDigest> digests) {
        this.setting = setting;
        this.contents = new Contents(
                digests.stream().map(digest -> Entry.of(digest, null)).toList(), List.of(), List.of(), setting);
    }

    @Override
    public String location() {
        return setting;
    }

    @Override
    public Contents load(@Nullable Contents previous) {
        return contents;
    }
}
