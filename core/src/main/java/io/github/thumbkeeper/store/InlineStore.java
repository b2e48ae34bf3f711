/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.CertificateDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The digests written into the settings themselves. */
public final class InlineStore implements CertificateStore {

    private final String setting;
    private final Purpose purpose;
    private final Contents contents;

    /**
     * Makes the store.
     *
     * @param setting the name of the setting
     * @param digests the digests it lists
     */
    public InlineStore(String setting, List<? extends CertificateDigest> digests) {
        this(setting, Purpose.SETTING, digests);
    }

    private InlineStore(String setting, Purpose purpose, List<? extends CertificateDigest> digests) {
        this.setting = setting;
        this.purpose = purpose;
        this.contents = new Contents(
                digests.stream().map(digest -> Entry.of(digest, null)).toList(), List.of(), List.of(), setting);
    }

    /** Makes a store of what is denied. */
    public static InlineStore denying(String setting, List<? extends CertificateDigest> digests) {
        return new InlineStore(setting, Purpose.DENY, digests);
    }

    @Override
    public String location() {
        return setting;
    }

    @Override
    public Purpose purpose() {
        return purpose;
    }

    @Override
    public boolean isFixed() {
        return true;
    }

    @Override
    public Contents load(@Nullable Contents previous) {
        return contents;
    }
}
