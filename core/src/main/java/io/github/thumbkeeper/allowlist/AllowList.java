/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.CertificateCache;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of all that is listed: the tables of the stores as they stood.
 *
 * <p>Immutable and safe to share between threads; what it remembers of certificates it has seen goes with it.
 */
public final class AllowList {

    private final List<EntryTable> settings;
    private final List<EntryTable> stores;
    private final List<EntryTable> denied;
    private final IdentityMapper identities;
    private final CertificateCache<Matches> seen = new CertificateCache<>();

    /**
     * Puts the tables together; nothing is copied.
     *
     * @param tables the entries of the stores in their order: the first that matches speaks for the certificate
     * @param identities how an identity is made of an entry
     */
    public AllowList(List<EntryTable> tables, IdentityMapper identities) {
        this(List.of(), tables, List.of(), identities);
    }

    /**
     * Puts the tables together; nothing is copied.
     *
     * @param settings the entries that stand in the settings, which come first
     * @param stores the entries of the stores in their order
     * @param denied the entries of what is refused
     * @param identities how an identity is made of an entry
     */
    public AllowList(
            List<EntryTable> settings, List<EntryTable> stores, List<EntryTable> denied, IdentityMapper identities) {
        this.settings = admitting(settings);
        this.stores = admitting(stores);
        this.denied = List.copyOf(denied);
        this.identities = identities;
    }

    private static List<EntryTable> admitting(List<EntryTable> tables) {
        if (tables.stream().flatMap(EntryTable::kinds).anyMatch(DigestKind.ISSUER_AND_SERIAL::equals)) {
            throw new IllegalArgumentException("issuer and serial number are good for denying only");
        }
        return List.copyOf(tables);
    }

    /** Returns the number of entries that admit. */
    public int size() {
        return Stream.of(settings, stores)
                .flatMap(List::stream)
                .mapToInt(EntryTable::size)
                .sum();
    }

    /**
     * Looks a certificate up. One that was seen before costs neither a digest nor an allocation.
     *
     * @throws CertificateEncodingException if the certificate cannot give its DER form
     */
    public Matches find(X509Certificate certificate) throws CertificateEncodingException {
        Matches known = seen.get(certificate);
        if (known != null) {
            return known;
        }
        Matches listing = lookUp(certificate);
        seen.put(certificate, listing);
        return listing;
    }

    /**
     * Looks a certificate up of which nothing but its SHA-256 thumbprint is known.
     *
     * @throws IllegalStateException if the list knows certificates by anything else: then this one might be among them
     */
    public Matches find(Thumbprint sha256) {
        boolean known = Stream.of(settings, stores, denied)
                .flatMap(List::stream)
                .flatMap(EntryTable::kinds)
                .allMatch(DigestKind.SHA256::equals);
        if (!known || sha256.algorithm() != DigestAlgorithm.SHA256) {
            throw new IllegalStateException("the list holds more than SHA-256 thumbprints");
        }
        byte[] digest = sha256.toBytes();
        return listing(kind -> digest, null, sha256);
    }

    private Matches lookUp(X509Certificate certificate) throws CertificateEncodingException {
        CertificateDigests digests = new CertificateDigests(certificate);
        Thumbprint sha256 = Thumbprint.ofDigest(DigestAlgorithm.SHA256, digests.get(DigestKind.SHA256));
        return listing(digests::get, certificate, sha256);
    }

    private Matches listing(
            Function<DigestKind, byte[]> digests, @Nullable X509Certificate certificate, Thumbprint sha256) {
        List<Entry> matches = new ArrayList<>(1);
        find(settings, digests, matches);
        int fixed = matches.size();
        find(stores, digests, matches);
        List<Entry> denials = new ArrayList<>(0);
        find(denied, digests, denials);
        return new Matches(matches, fixed, !denials.isEmpty(), certificate, sha256, identities);
    }

    private static void find(List<EntryTable> tables, Function<DigestKind, byte[]> digests, List<Entry> matches) {
        for (EntryTable table : tables) {
            table.find(digests, matches);
        }
    }
}
