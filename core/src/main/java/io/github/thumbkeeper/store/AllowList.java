/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * A snapshot of all that is listed: the tables of the stores as they stood.
 *
 * <p>Immutable and safe to share between threads; what it remembers of certificates it has seen goes with it.
 */
public final class AllowList {

    private final List<EntryTable> tables;
    private final Identities identities;
    private final SeenCertificates seen = new SeenCertificates();

    /**
     * Puts the tables together; nothing is copied.
     *
     * @param tables the entries of the stores in their order: the first that matches speaks for the certificate
     * @param identities how an identity is made of an entry
     */
    AllowList(List<EntryTable> tables, Identities identities) {
        this.tables = List.copyOf(tables);
        this.identities = identities;
    }

    /** Returns the number of entries. */
    public int size() {
        return tables.stream().mapToInt(EntryTable::size).sum();
    }

    /**
     * Looks a certificate up. One that was seen before costs neither a digest nor an allocation.
     *
     * @throws CertificateEncodingException if the certificate cannot give its DER form
     */
    public Listing find(X509Certificate certificate) throws CertificateEncodingException {
        Listing known = seen.get(certificate);
        if (known != null) {
            return known;
        }
        Listing listing = lookUp(certificate);
        seen.put(certificate, listing);
        return listing;
    }

    private Listing lookUp(X509Certificate certificate) throws CertificateEncodingException {
        Digests digests = new Digests(certificate);
        List<Entry> matches = new ArrayList<>(1);
        for (EntryTable table : tables) {
            table.find(digests::get, matches);
        }
        Thumbprint sha256 = Thumbprint.ofDigest(DigestAlgorithm.SHA256, digests.get(DigestKind.SHA256));
        return new Listing(matches, certificate, sha256, identities);
    }
}
