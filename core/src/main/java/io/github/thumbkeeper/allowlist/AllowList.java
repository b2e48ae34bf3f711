/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import io.github.thumbkeeper.certificate.CertificateCache;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot of all lists: the entries of the settings, of the stores and of the deny lists.
 *
 * <pre>{@code
 * AllowList list = new AllowList(List.of(EntryTable.of(entries)), identities);
 * ListDecision decision = list.find(certificate).at(System.currentTimeMillis());
 * }</pre>
 *
 * <p>A reload builds a new snapshot and swaps it in; what a snapshot lists never changes. Thread-safe. The cache of certificates
 * seen before belongs to the snapshot and is discarded with it; the marks of matched entries are taken over by {@link #continueFrom}.
 *
 * @see Matches
 */
public final class AllowList {

    private final List<MatchedEntries> settings;
    private final List<MatchedEntries> stores;
    private final List<EntryTable> denied;
    private final IdentityMapper identities;
    private final CertificateCache<Matches> seen = new CertificateCache<>();

    /**
     * Combines the tables of stores, without copying them.
     *
     * @param tables the tables in the order of the stores; the first matching entry in force gives the identity
     * @param identities turns entries into identities
     */
    public AllowList(List<EntryTable> tables, IdentityMapper identities) {
        this(List.of(), tables, List.of(), identities);
    }

    /**
     * Combines all tables, without copying them.
     *
     * @param settings the tables of the settings, which come first and are never filtered by rules
     * @param stores the tables in the order of the stores
     * @param denied the tables of the deny lists
     * @param identities turns entries into identities
     */
    public AllowList(
            List<EntryTable> settings, List<EntryTable> stores, List<EntryTable> denied, IdentityMapper identities) {
        this(identities, admitting(settings), admitting(stores), List.copyOf(denied));
    }

    private AllowList(
            IdentityMapper identities,
            List<MatchedEntries> settings,
            List<MatchedEntries> stores,
            List<EntryTable> denied) {
        this.settings = settings;
        this.stores = stores;
        this.denied = denied;
        this.identities = identities;
    }

    private static List<MatchedEntries> admitting(List<EntryTable> tables) {
        if (tables.stream().flatMap(EntryTable::kinds).anyMatch(DigestKind.ISSUER_AND_SERIAL::equals)) {
            throw new IllegalArgumentException("issuer and serial number can deny a certificate, not admit it");
        }
        return tables.stream().map(MatchedEntries::new).toList();
    }

    /** Takes over, from the list that this one replaces, which entries have been matched. Call it before this list is used. */
    public void continueFrom(AllowList before) {
        List<MatchedEntries> earlier =
                before.admitting().filter(each -> !each.isEmpty()).toList();
        admitting().forEach(now -> earlier.forEach(each -> now.takeMarksOf(each)));
    }

    private Stream<MatchedEntries> admitting() {
        return Stream.of(settings, stores).flatMap(List::stream);
    }

    /** Returns the number of entries that no request has matched since the start. */
    public int unmatchedCount() {
        return admitting().mapToInt(MatchedEntries::unmatchedCount).sum();
    }

    /** Returns the entries that no request has matched since the start, each created when the stream reaches it. */
    public Stream<Entry> unmatched() {
        return admitting().flatMap(MatchedEntries::unmatched);
    }

    /** Returns the same list for questions of an administrator: it marks no entry as matched. Copies no table. */
    public AllowList unobserved() {
        return new AllowList(identities, unobserved(settings), unobserved(stores), denied);
    }

    private static List<MatchedEntries> unobserved(List<MatchedEntries> listed) {
        return listed.stream().map(each -> new MatchedEntries(each.table())).toList();
    }

    /** Returns the same list with another mapping of roles. Copies no table; what the list has found before is discarded. */
    public AllowList with(RoleMapping roles) {
        return new AllowList(identities.with(roles), settings, stores, denied);
    }

    /** Returns the assignments of the mapping of roles whose label no entry has. */
    public List<RoleAssignment> unusedRoles() {
        return identities
                .mapping()
                .unused(admitting().map(MatchedEntries::table).toList());
    }

    /**
     * Returns whether the certificates with any of these digests are always listed, without all of these roles. Then a rule for such
     * a certificate never gives its roles, because the list comes first.
     *
     * @param withStores whether entries of stores come first too, and not only those of the settings
     */
    public boolean hidesRoles(Collection<CertificateDigest> digests, Set<String> roles, boolean withStores) {
        List<Entry> entries = (withStores ? Stream.of(settings, stores) : Stream.of(settings))
                .flatMap(List::stream)
                .flatMap(each -> digests.stream().flatMap(digest -> each.table().find(digest).stream()))
                .toList();
        return entries.stream().noneMatch(Entry::disabled)
                && entries.stream()
                        .filter(entry -> entry.from() == null && entry.until() == null)
                        .findFirst()
                        .filter(entry ->
                                !identities.ofEntry(entry, entry.roles()).containsAll(roles))
                        .isPresent();
    }

    /** Returns the number of entries, not counting those of deny lists. */
    public int size() {
        return admitting().mapToInt(each -> each.table().size()).sum();
    }

    /**
     * Finds the entries that match a certificate. For a certificate object seen before under this snapshot, this needs neither
     * a digest nor an allocation.
     *
     * @throws CertificateEncodingException if the certificate has no DER encoding
     */
    public Matches find(X509Certificate certificate) throws CertificateEncodingException {
        Matches known = seen.get(certificate);
        if (known != null) {
            return known;
        }
        Matches matches = lookUp(certificate);
        seen.put(certificate, matches);
        return matches;
    }

    /**
     * Finds the entries that match a certificate of which only a thumbprint is known.
     *
     * @throws IllegalStateException if the list has entries with any other digest: one of them could disable or deny this
     *     certificate
     */
    public Matches find(Thumbprint thumbprint) {
        DigestAlgorithm algorithm = thumbprint.algorithm();
        if (!kinds().allMatch(DigestKind.of(algorithm)::equals)) {
            throw new IllegalStateException(
                    "the list has entries other than thumbprints of " + algorithm.standardName());
        }
        byte[] digest = thumbprint.toBytes();
        return matches(any -> digest, null, algorithm, digest);
    }

    /**
     * Returns the algorithm of all entries, those of deny lists included; null if there are no entries, or if not all are
     * thumbprints of one algorithm.
     */
    public @Nullable DigestAlgorithm onlyAlgorithm() {
        List<DigestKind> kinds = kinds().distinct().toList();
        return kinds.size() == 1 ? kinds.get(0).thumbprints() : null;
    }

    /**
     * Returns whether an entry has the certificate, whether it is in force or not; marks nothing as matched.
     *
     * @throws CertificateEncodingException if the certificate has no encoded form
     */
    public boolean lists(X509Certificate certificate) throws CertificateEncodingException {
        CertificateDigests digests = new CertificateDigests(certificate);
        return Stream.of(settings, stores)
                .flatMap(List::stream)
                .anyMatch(each -> each.table().contains(digests));
    }

    private Stream<DigestKind> kinds() {
        return Stream.concat(admitting().map(MatchedEntries::table), denied.stream())
                .flatMap(EntryTable::kinds);
    }

    private Matches lookUp(X509Certificate certificate) throws CertificateEncodingException {
        CertificateDigests digests = new CertificateDigests(certificate);
        return matches(digests, certificate, DigestAlgorithm.SHA256, digests.sha256());
    }

    private Matches matches(
            Function<DigestKind, byte[]> digests,
            @Nullable X509Certificate certificate,
            DigestAlgorithm algorithm,
            byte[] digest) {
        List<Entry> fixed = find(settings, digests);
        List<Entry> others = find(stores, digests);
        return new Matches(fixed, others, isDenied(digests), certificate, algorithm, digest, identities);
    }

    /** Allocates nothing if no entry matches, as for most certificates of strangers. */
    private static List<Entry> find(List<MatchedEntries> tables, Function<DigestKind, byte[]> digests) {
        List<Entry> found = List.of();
        for (int i = 0; i < tables.size(); i++) {
            List<Entry> more = tables.get(i).find(digests);
            found = found.isEmpty()
                    ? more
                    : Stream.concat(found.stream(), more.stream()).toList();
        }
        return found;
    }

    private boolean isDenied(Function<DigestKind, byte[]> digests) {
        for (int i = 0; i < denied.size(); i++) {
            if (denied.get(i).contains(digests)) {
                return true;
            }
        }
        return false;
    }
}
