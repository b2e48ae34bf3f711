/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * The certificates from a client's own to the root, each issued by the next: what was verified, whatever the client sent.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param certificates the client's certificate first, the root last; one alone if the trust store holds it itself
 * @param issuerIds the labels under which the trust store holds {@link #issuer}; empty if it does not
 */
public record VerifiedPath(List<X509Certificate> certificates, Set<String> issuerIds) {
    public VerifiedPath {
        certificates = List.copyOf(certificates);
        issuerIds = Set.copyOf(issuerIds);
    }

    /** Returns the certificate that signed the client's: itself, if that is self-signed. */
    public X509Certificate issuer() {
        return certificates.get(Math.min(1, certificates.size() - 1));
    }

    /** Returns who in the path may sign revocation lists about one of its certificates: its issuer under all of its keys. */
    public List<X509Certificate> signersFor(X509Certificate certificate) {
        return certificates.stream()
                .skip(certificates.indexOf(certificate) + 1L)
                .filter(each -> each.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .toList();
    }
}
