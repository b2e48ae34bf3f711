/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import io.github.thumbkeeper.certificate.limits.ChainLimits;
import io.github.thumbkeeper.certificate.limits.KeySizeLimits;
import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Search for paths from one certificate to a root, by names and signatures only. The client chooses some of the certificates
 * searched, so the search has limits: for the length of a path, for the certificates taken from the client, and for the number
 * of signatures verified.
 *
 * <p>The JDK's {@code CertPathBuilder} is not used: it has no such limits, and a system property makes it fetch the addresses
 * in unverified certificates (CVE-2023-28857 is of this kind).
 *
 * <p>Not thread-safe; one object serves one search.
 */
final class PathSearch {

    /** Greatest number of certificates between the client's certificate and the root. */
    private static final int MOST_INTERMEDIATES = 6;

    private static final int MOST_SIGNATURES = 16;

    private final TrustedCertificates trusted;
    private final Set<X509Certificate> candidates = new LinkedHashSet<>();
    private final Predicate<List<X509Certificate>> goal;
    private int signatures;

    /**
     * Creates a search.
     *
     * @param goal tests each path found; the first path that passes ends the search
     */
    PathSearch(
            TrustedCertificates trusted,
            List<@Nullable X509Certificate> presented,
            Predicate<List<X509Certificate>> goal) {
        this.trusted = trusted;
        this.goal = goal;
        candidates.addAll(trusted.roots());
        candidates.addAll(trusted.intermediates());
        presented.stream().limit(ChainLimits.MOST_CERTIFICATES).forEach(this::addIfUsable);
    }

    private void addIfUsable(@Nullable X509Certificate presented) {
        try {
            if (presented != null) {
                ChainLimits.checkedSize(presented);
                X509Certificate usable = JdkCertificate.of(presented);
                KeySizeLimits.check(usable.getPublicKey());
                if (CertificateSyntax.isSound(usable)) {
                    candidates.add(usable);
                }
            }
        } catch (CertificateException | RuntimeException e) {
            // A certificate that is unreadable or exceeds a limit is no candidate.
            return;
        }
    }

    /** Returns the first path that passes the goal's test, or null if there is no such path. */
    @Nullable
    List<X509Certificate> from(X509Certificate certificate) {
        List<X509Certificate> path = new ArrayList<>();
        path.add(certificate);
        return extend(path) ? path : null;
    }

    private boolean extend(List<X509Certificate> path) {
        X509Certificate last = path.get(path.size() - 1);
        for (X509Certificate issuer : candidates) {
            boolean root = trusted.isRoot(issuer);
            boolean fits = (root || path.size() <= MOST_INTERMEDIATES) && !path.contains(issuer);
            if (fits && hasSigned(issuer, last)) {
                path.add(issuer);
                if (root ? goal.test(path) : extend(path)) {
                    return true;
                }
                path.remove(path.size() - 1);
            }
        }
        return false;
    }

    private boolean hasSigned(X509Certificate issuer, X509Certificate certificate) {
        return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                && signatures++ < MOST_SIGNATURES
                && TrustedCertificates.isSignedBy(certificate, issuer);
    }
}
