/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.IssuerAndSerial;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.store.StoreException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * A certificate and the alias or file name it is listed under.
 *
 * @param name alias or file name without extension, or null if it has none
 * @param certificate the certificate
 */
public record NamedCertificate(@Nullable String name, X509Certificate certificate) {

    Entry toEntry(String store) throws StoreException {
        try {
            return Entry.of(Thumbprint.of(certificate, DigestAlgorithm.SHA256), label())
                    .endingWith(certificate);
        } catch (CertificateEncodingException | RuntimeException e) {
            throw new StoreException(store, "holds a certificate that cannot give its DER form", e);
        }
    }

    /** Returns an entry that matches by issuer and serial number, for a deny list. */
    Entry toIssuerAndSerial(String store) throws StoreException {
        try {
            return Entry.of(IssuerAndSerial.of(certificate), label());
        } catch (RuntimeException e) {
            throw new StoreException(store, "holds a certificate that cannot give its issuer", e);
        }
    }

    /** Returns the name cut at its first {@code #}, or null if nothing is left. */
    public @Nullable String label() {
        String label = name == null ? "" : Entry.labelOf(name).strip();
        return label.isEmpty() ? null : label;
    }
}
