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
 * The search for paths from one certificate to a root, by names and signatures only. What the client sent takes part in it, so
 * it is bounded: in length, in what of it is looked at, and in the number of signatures that are verified.
 *
 * <p>The JDK's {@code CertPathBuilder} does not do: nothing bounds it, and it can be told JVM-wide to fetch what an unverified
 * certificate names (CVE-2023-28857 is of this kind). Used once, by one thread.
 */
final class PathSearch {

    /** Besides the certificate itself and the root. */
    private static final int MOST_INTERMEDIATES = 6;

    private static final int MOST_SIGNATURES = 16;

    private final TrustedCertificates trusted;
    private final Set<X509Certificate> candidates = new LinkedHashSet<>();
    private final Predicate<List<X509Certificate>> goal;
    private int signatures;

    /**
     * Makes a search.
     *
     * @param goal judges each path that is found; the first that it accepts ends the search
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
            // Certificates that cannot be read, or are beyond a limit, lead nowhere.
            return;
        }
    }

    /** Returns the first path that reaches the goal, or null. */
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
            if (fits && mayHaveSigned(issuer, last)) {
                path.add(issuer);
                if (root ? goal.test(path) : extend(path)) {
                    return true;
                }
                path.remove(path.size() - 1);
            }
        }
        return false;
    }

    private boolean mayHaveSigned(X509Certificate issuer, X509Certificate certificate) {
        return issuer.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                && signatures++ < MOST_SIGNATURES
                && TrustedCertificates.isSignedBy(certificate, issuer);
    }
}
