/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Set;

/**
 * Verified path from a client's certificate to a root, each certificate issued by the next. What the client sent plays no part
 * in it beyond helping to find it.
 *
 * <p>Immutable and thread-safe.
 *
 * @param certificates the client's certificate first, the root last; only one if the client's certificate is itself a root of the
 *     trust store
 * @param issuerIds the labels of {@link #issuer} in the trust store; empty if it is not there
 */
public record VerifiedPath(List<X509Certificate> certificates, Set<String> issuerIds) implements TrustResult {
    public VerifiedPath {
        certificates = List.copyOf(certificates);
        issuerIds = Set.copyOf(issuerIds);
    }

    /** Returns the certificate that signed the client's certificate: the client's own if it is self-signed. */
    public X509Certificate issuer() {
        return certificates.get(Math.min(1, certificates.size() - 1));
    }

    /**
     * Returns the certificates of the path that may sign CRLs about one of its certificates: those with the name of its issuer.
     * There are several if the issuer has changed its key.
     */
    public List<X509Certificate> signersFor(X509Certificate certificate) {
        return certificates.stream()
                .skip(certificates.indexOf(certificate) + 1L)
                .filter(each -> each.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .toList();
    }
}
