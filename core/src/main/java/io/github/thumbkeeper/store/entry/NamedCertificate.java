/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import io.github.thumbkeeper.allowlist.Entry;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and the alias or file name it is listed under.
 *
 * @param name alias or file name without extension, or null if it has none
 * @param certificate the certificate
 */
public record NamedCertificate(@Nullable String name, X509Certificate certificate) {

    /** Returns the name cut at its first {@code #}, or null if nothing is left. */
    public @Nullable String label() {
        return labelOf(name);
    }

    static @Nullable String labelOf(@Nullable String name) {
        String label = name == null ? "" : Entry.labelOf(name).strip();
        return label.isEmpty() ? null : label;
    }
}
