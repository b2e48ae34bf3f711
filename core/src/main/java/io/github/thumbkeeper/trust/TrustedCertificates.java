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
import org.jspecify.annotations.Nullable;

/**
 * Certificates of a trust store, sorted by purpose. A self-signed certificate is a root, and ends a path. Any other is an
 * intermediate: clients need not send it, but it is useless without its root.
 *
 * <p>Immutable and thread-safe.
 */
public final class TrustedCertificates {

    private final Set<X509Certificate> roots = new LinkedHashSet<>();
    private final Set<X509Certificate> intermediates = new LinkedHashSet<>();
    private final Map<X509Certificate, Set<String>> labels = new HashMap<>();

    /**
     * Certificate of a trust store.
     *
     * @param label the label it has in the store, or null if it has no label
     */
    public record Labelled(@Nullable String label, X509Certificate certificate) {}

    /** Sorts the certificates of a trust store. */
    public TrustedCertificates(List<Labelled> all) {
        all.forEach(this::add);
    }

    private void add(Labelled one) {
        try {
            X509Certificate certificate = JdkCertificate.of(one.certificate());
            CertificateSyntax.require(certificate);
            (isSelfSigned(certificate) ? roots : intermediates).add(certificate);
            Set<String> known = labels.computeIfAbsent(certificate, key -> new TreeSet<>());
            if (one.label() != null) {
                known.add(one.label());
            }
        } catch (CertificateException | RuntimeException e) {
            // A certificate that has no encoding, or is only partly readable, is no part of a path.
            return;
        }
    }

    /** Returns whether there is no root, so that every certificate is refused. */
    public boolean hasNoRoot() {
        return roots.isEmpty();
    }

    /**
     * Returns warnings for the administrator, each the predicate of a sentence about the trust store.
     *
     * @param names returns the name of a certificate for a message
     */
    public List<String> warnings(Function<X509Certificate, String> names, Instant now) {
        List<String> warnings = new ArrayList<>();
        labels.keySet().forEach(certificate -> {
            if (certificate.getNotAfter().before(Date.from(now))) {
                warnings.add("holds " + names.apply(certificate) + ", which has expired; no path leads through it");
            } else if (certificate.getBasicConstraints() < 0) {
                warnings.add(
                        "holds " + names.apply(certificate) + ", which is not an authority (no basic constraints with"
                                + " CA:TRUE); no path of another certificate leads through it");
            }
        });
        return warnings;
    }

    /** Returns the labels of all certificates. */
    public Set<String> labels() {
        return labels.values().stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
    }

    /** Returns whether the condition holds for any of the certificates. */
    public boolean hasAny(Predicate<X509Certificate> condition) {
        return labels.keySet().stream().anyMatch(condition);
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

    Set<String> labelsOf(X509Certificate certificate) {
        return labels.getOrDefault(certificate, Set.of());
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
            // The JDK also throws unchecked exceptions for keys and algorithms that it does not know.
            return false;
        }
    }
}
