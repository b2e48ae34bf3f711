/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * One certificate, or one entry known only by its digest, of a store.
 *
 * @param source the file or store as the user named it
 * @param entry the label, roles and dates
 * @param certificate the certificate, or null if the store has only its digest
 */
record StoreItem(String source, Entry entry, @Nullable X509Certificate certificate) {

    /** Returns the item of a certificate. */
    static StoreItem of(String source, NamedCertificate named) throws CertificateEncodingException {
        return new StoreItem(
                source,
                Entry.of(Thumbprint.of(named.certificate(), DigestAlgorithm.SHA256), named.label()),
                named.certificate());
    }

    /** Returns the digest by which the store lists it. */
    CertificateDigest digest() {
        return entry.digest();
    }

    /** Returns the label, safe to print; {@code -} if there is none. */
    String label() {
        return entry.label() == null ? "-" : SafeText.text(entry.label());
    }
}
