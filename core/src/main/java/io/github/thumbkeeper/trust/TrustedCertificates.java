/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The certificates of a trust store, by what they are good for. Only a self-signed one ends a path; any other is an intermediate
 * that need not be sent, and is worth nothing without its root.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class TrustedCertificates {

    private final Set<X509Certificate> roots = new LinkedHashSet<>();
    private final Set<X509Certificate> intermediates = new LinkedHashSet<>();
    private final Map<X509Certificate, Set<String>> ids = new HashMap<>();

    /** Sorts the certificates of a trust store. */
    public TrustedCertificates(List<TrustedCertificate> all) {
        for (TrustedCertificate one : all) {
            add(one);
        }
    }

    private void add(TrustedCertificate one) {
        try {
            X509Certificate certificate = JdkCertificate.of(one.certificate());
            CertificateSyntax.require(certificate);
            (isSelfSigned(certificate) ? roots : intermediates).add(certificate);
            Set<String> names = ids.computeIfAbsent(certificate, key -> new TreeSet<>());
            if (one.id() != null) {
                names.add(one.id());
            }
        } catch (CertificateException | RuntimeException e) {
            // What a provider cannot give the bytes of leads nowhere, nor does what is only read in part.
            return;
        }
    }

    /** Returns whether no path can end here, so that everybody is refused. */
    public boolean hasNoRoot() {
        return roots.isEmpty();
    }

    /** Returns what the administrator should know, each a sentence. */
    public List<String> warnings(Function<X509Certificate, String> names, Instant now) {
        List<String> warnings = new ArrayList<>();
        ids.keySet().forEach(certificate -> {
            if (certificate.getNotAfter().before(Date.from(now))) {
                warnings.add("holds " + names.apply(certificate) + ", which has expired; no path leads through it");
            } else if (certificate.getBasicConstraints() < 0) {
                warnings.add("holds " + names.apply(certificate) + ", which is no authority (no basic constraints with"
                        + " CA:TRUE); it vouches for nobody else");
            }
        });
        return warnings;
    }

    /** Returns the labels of all of them. */
    public Set<String> labels() {
        return ids.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns whether the condition holds for any of the certificates. */
    public boolean hasAny(Predicate<X509Certificate> condition) {
        return ids.keySet().stream().anyMatch(condition);
    }

    boolean isRoot(X509Certificate certificate) {
        return roots.contains(certificate);
    }

    Set<X509Certificate> roots() {
        return roots;
    }

    Set<X509Certificate> intermediates() {
        return intermediates;
    }

    Set<String> idsOf(X509Certificate certificate) {
        return ids.getOrDefault(certificate, Set.of());
    }

    static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal())
                && isSignedBy(certificate, certificate);
    }

    static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        try {
            certificate.verify(issuer.getPublicKey());
            return true;
        } catch (GeneralSecurityException | RuntimeException e) {
            // Keys and algorithms that the runtime does not know end in unchecked exceptions too.
            return false;
        }
    }
}
