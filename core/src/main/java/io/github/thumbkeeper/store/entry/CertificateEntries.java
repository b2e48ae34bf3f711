/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.IssuerAndSerial;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CheckedCertificate;
import io.github.thumbkeeper.store.StoreException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Entries of one file and warnings about them; the certificates themselves are not kept. */
public record CertificateEntries(EntryTable entries, List<String> warnings) {

    /** Collects the entries of one certificate after another, and keeps none of the certificates. Not thread-safe. */
    public static final class Collector implements CertificateSink {
        private final String store;
        private final CertificateWarnings flaws;
        private final boolean denying;
        private final EntryTable.Builder entries = new EntryTable.Builder();
        private final MessageDigest digest = DigestAlgorithm.SHA256.newDigest();

        public Collector(String store, Instant now) {
            this(store, now, false);
        }

        public Collector(String store, Instant now, boolean denying) {
            this.store = store;
            this.flaws = new CertificateWarnings(store, now);
            this.denying = denying;
        }

        /**
         * Adds a certificate that is an object already.
         *
         * @throws StoreException if it cannot be used
         */
        public void add(NamedCertificate listed) throws StoreException {
            try {
                add(listed.name(), CheckedCertificate.of(listed.certificate()));
            } catch (CertificateException | RuntimeException e) {
                throw new StoreException(store, "holds a certificate that cannot give its DER form", e);
            }
        }

        @Override
        public void add(@Nullable String name, CheckedCertificate certificate)
                throws StoreException, CertificateFormatException {
            String label = NamedCertificate.labelOf(name);
            Thumbprint thumbprint = Thumbprint.ofDigest(DigestAlgorithm.SHA256, digest.digest(certificate.der()));
            entries.add(Entry.of(thumbprint, label).endingAt(certificate.notAfter()));
            if (denying) {
                entries.add(issuerAndSerial(certificate.parsed(), label));
            } else {
                flaws.add(name, certificate);
            }
        }

        /** Returns an entry that matches by issuer and serial number. */
        private Entry issuerAndSerial(X509Certificate certificate, @Nullable String label) throws StoreException {
            try {
                return Entry.of(IssuerAndSerial.of(certificate), label);
            } catch (RuntimeException e) {
                throw new StoreException(store, "holds a certificate that cannot give its issuer", e);
            }
        }

        public CertificateEntries build(List<String> warnings) {
            List<String> all = new ArrayList<>(warnings);
            all.addAll(flaws.toList());
            return new CertificateEntries(entries.build(), List.copyOf(all));
        }
    }
}
