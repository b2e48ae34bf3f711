/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A snapshot of all that is listed, indexed by digest.
 *
 * <p>Immutable and safe to share between threads; what it remembers of certificates it has seen goes with it.
 */
public final class AllowList {

    private final List<Entry> entries;
    private final Map<CertificateDigest, Integer> first = new HashMap<>();
    /** For each entry the next one with the same digest, or -1. */
    private final int[] next;

    private final Set<DigestAlgorithm> algorithms = EnumSet.noneOf(DigestAlgorithm.class);
    private final boolean pinsInUse;
    private final Identities identities;
    private final SeenCertificates seen = new SeenCertificates();

    /**
     * Indexes the entries.
     *
     * @param entries the entries of all stores in their order: the first that matches speaks for the certificate
     * @param identities how an identity is made of an entry
     */
    AllowList(List<Entry> entries, Identities identities) {
        this.entries = List.copyOf(entries);
        this.identities = identities;
        this.next = new int[entries.size()];
        for (int i = next.length - 1; i >= 0; i--) {
            Integer later = first.put(entries.get(i).digest(), i);
            next[i] = later == null ? -1 : later;
        }
        first.keySet().forEach(digest -> {
            if (digest instanceof Thumbprint thumbprint) {
                algorithms.add(thumbprint.algorithm());
            }
        });
        this.pinsInUse = first.keySet().stream().anyMatch(PublicKeyPin.class::isInstance);
    }

    /** Returns the number of entries. */
    public int size() {
        return entries.size();
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
        byte[] der = certificate.getEncoded();
        Stream<CertificateDigest> thumbprints =
                algorithms.stream().map(algorithm -> Thumbprint.ofEncoded(der, algorithm));
        Stream<CertificateDigest> pins = pinsInUse ? Stream.of(PublicKeyPin.of(certificate)) : Stream.empty();
        List<Entry> matches = Stream.concat(thumbprints, pins)
                .flatMapToInt(this::positions)
                .sorted()
                .mapToObj(entries::get)
                .toList();
        return new Listing(matches, certificate, Thumbprint.ofEncoded(der, DigestAlgorithm.SHA256), identities);
    }

    private IntStream positions(CertificateDigest digest) {
        return IntStream.iterate(first.getOrDefault(digest, -1), i -> i >= 0, i -> next[i]);
    }
}
