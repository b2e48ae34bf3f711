/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import io.github.thumbkeeper.certificate.BoundedCache;
import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import io.github.thumbkeeper.certificate.x509.ParsableExtensions;
import io.github.thumbkeeper.certificate.x509.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies certificates by the rules of RFC 5280 section 6. {@link PathSearch} finds paths, and the JDK's
 * {@code CertPathValidator} validates them (see {@link PkixValidation}), with the algorithms and key sizes that
 * {@code jdk.certpath.disabledAlgorithms} allows.
 *
 * <p>Does not check the dates of the client's certificate, which is the task of {@link ValidityDates}; checks those of its issuers.
 *
 * <p>Thread-safe.
 */
public final class PathCheck implements TrustCheck {

    /** Extensions that restrict: key usage, name constraints, policy constraints, extended key usage, inhibit any policy. */
    private static final Set<String> RESTRICTIONS =
            Set.of("2.5.29.15", "2.5.29.30", "2.5.29.36", "2.5.29.37", "2.5.29.54");

    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final Set<String> ALTERNATIVE_NAMES = Set.of("2.5.29.17");

    private static final int CACHED_PATHS = 1024;

    private final TrustedCertificates trusted;
    private final ValidityDates issuerDates;
    private final Set<SignatureAlgorithm> signatures;

    /**
     * The last verified paths, by the content of their first certificate. Strangers cannot displace them, since only verified
     * paths are here. A failed search is not cached: another connection may send the intermediate that was missing.
     */
    private final BoundedCache<X509Certificate, VerifiedPath> verified = BoundedCache.byEquality(CACHED_PATHS);

    /**
     * Creates a check with an empty cache.
     *
     * @param dates the date check of clients' certificates; its clock skew applies to their issuers too
     * @param signatures the allowed signature algorithms of the issuers of a client's certificate, except the root; empty to allow
     *     all. The gate checks the client's certificate itself
     */
    public PathCheck(TrustedCertificates trusted, ValidityDates dates, Set<SignatureAlgorithm> signatures) {
        this.trusted = trusted;
        this.signatures = Set.copyOf(signatures);
        this.issuerDates = new ValidityDates(true, true, dates.clockSkew());
    }

    @Override
    public TrustResult verify(X509Certificate certificate, List<@Nullable X509Certificate> presented, Instant now) {
        try {
            X509Certificate own = JdkCertificate.of(certificate);
            VerifiedPath known = verified.get(own);
            if (known != null && areIssuersInForce(known.certificates(), now)) {
                return known;
            }
            return find(own, presented, now);
        } catch (GeneralSecurityException | RuntimeException e) {
            // The JDK throws unchecked exceptions for constraints and names that it does not understand.
            return TrustResult.Untrusted.NOT_TRUSTED;
        }
    }

    private TrustResult find(X509Certificate certificate, List<@Nullable X509Certificate> presented, Instant now)
            throws GeneralSecurityException {
        if (!CertificateSyntax.isSound(certificate) || !ParsableExtensions.canParse(certificate, RESTRICTIONS)) {
            return TrustResult.Untrusted.NOT_TRUSTED;
        }
        if (!ClientAuthentication.isAllowed(certificate)) {
            return TrustResult.Untrusted.NOT_FOR_CLIENTS;
        }
        Search search = new Search(now);
        List<X509Certificate> path = trusted.isRoot(certificate)
                ? pathOfRoot(certificate, now)
                : new PathSearch(trusted, presented, search::accepts).from(certificate);
        if (path == null) {
            return search.reason();
        }
        VerifiedPath found = new VerifiedPath(path, trusted.labelsOf(path.get(Math.min(1, path.size() - 1))));
        verified.put(path.get(0), found);
        return found;
    }

    /** Returns the path of a certificate that is a root itself: it needs no issuer, but must be valid. */
    private static @Nullable List<X509Certificate> pathOfRoot(X509Certificate certificate, Instant now) {
        List<X509Certificate> alone = List.of(certificate);
        return PkixValidation.isValid(alone, now) ? alone : null;
    }

    private boolean areIssuersInForce(List<X509Certificate> path, Instant now) {
        return path.stream()
                .skip(1)
                .allMatch(issuer -> issuerDates.check(
                                issuer.getNotBefore().getTime(),
                                issuer.getNotAfter().getTime(),
                                now.toEpochMilli())
                        == null);
    }

    /** The root is trusted by itself: its own signature proves nothing, and nothing relies on it. */
    private boolean areSignaturesAllowed(List<X509Certificate> path) {
        return path.subList(1, path.size() - 1).stream()
                .allMatch(each -> SignatureAlgorithm.isAllowed(each, signatures));
    }

    /**
     * Returns whether all extensions that restrict are readable; the JDK ignores those that it cannot read. If any authority
     * has name constraints, alternative names must be readable too.
     */
    private static boolean hasReadableExtensions(List<X509Certificate> path) {
        boolean constrained = path.stream().anyMatch(each -> each.getExtensionValue(NAME_CONSTRAINTS) != null);
        return path.stream()
                .allMatch(each -> ParsableExtensions.canParse(each, RESTRICTIONS)
                        && (!constrained || ParsableExtensions.canParse(each, ALTERNATIVE_NAMES)));
    }

    /** Accepts or rejects the paths found for one certificate. Not thread-safe. */
    private final class Search {
        private final Instant now;
        private boolean foundPathForOtherUse;
        private boolean foundPathOfOtherSignatures;

        Search(Instant now) {
            this.now = now;
        }

        boolean accepts(List<X509Certificate> path) {
            if (!areIssuersInForce(path, now) || !hasReadableExtensions(path) || !PkixValidation.isValid(path, now)) {
                return false;
            }
            if (!areSignaturesAllowed(path)) {
                foundPathOfOtherSignatures = true;
                return false;
            }
            boolean forClients = ClientAuthentication.isAllowedByAll(path.subList(1, path.size()));
            foundPathForOtherUse |= !forClients;
            return forClients;
        }

        /** Returns why no path was accepted. */
        TrustResult.Untrusted reason() {
            if (foundPathForOtherUse) {
                return TrustResult.Untrusted.NOT_FOR_CLIENTS;
            }
            return foundPathOfOtherSignatures
                    ? TrustResult.Untrusted.SIGNATURE_ALGORITHM
                    : TrustResult.Untrusted.NOT_TRUSTED;
        }
    }
}
