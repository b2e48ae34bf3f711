/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import io.github.thumbkeeper.certificate.x509.ParsableExtensions;
import io.github.thumbkeeper.verdict.Reason;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies certificates by the rules of RFC 5280 section 6, which the JDK's {@code CertPathValidator} applies to each path that
 * is found. Algorithms and key sizes are those that {@code jdk.certpath.disabledAlgorithms} leaves.
 *
 * <p>The dates of the client's certificate are left to {@link ValidityDates}; those of its issuers always count.
 *
 * <p>Safe to share between threads.
 */
public final class PathCheck implements TrustCheck {

    /** Key usage, name constraints, policy constraints, extended key usage, inhibit any policy: what forbids something. */
    private static final Set<String> RESTRICTIONS =
            Set.of("2.5.29.15", "2.5.29.30", "2.5.29.36", "2.5.29.37", "2.5.29.54");

    private static final String NAME_CONSTRAINTS = "2.5.29.30";
    private static final Set<String> NAMES = Set.of("2.5.29.17");

    private final TrustedCertificates trusted;
    private final ValidityDates issuerDates;
    private final PathCache verified = new PathCache();

    /**
     * Makes the check; what it remembers goes with it.
     *
     * @param dates how the dates of clients' certificates are checked; the tolerance holds for their issuers too
     */
    public PathCheck(TrustedCertificates trusted, ValidityDates dates) {
        this.trusted = trusted;
        this.issuerDates = new ValidityDates(true, true, dates.clockSkew());
    }

    @Override
    public Verified verify(X509Certificate certificate, List<@Nullable X509Certificate> presented, Instant now) {
        try {
            X509Certificate own = JdkCertificate.of(certificate);
            VerifiedPath known = verified.get(own);
            if (known != null && areIssuersInForce(known.certificates(), now)) {
                return Verified.by(known);
            }
            return find(own, presented, now);
        } catch (GeneralSecurityException | RuntimeException e) {
            // Unchecked ones come from constraints and names that the JDK does not understand.
            return Verified.refused(Reason.NOT_TRUSTED);
        }
    }

    private Verified find(X509Certificate certificate, List<@Nullable X509Certificate> presented, Instant now)
            throws GeneralSecurityException {
        if (!CertificateSyntax.isSound(certificate) || !ParsableExtensions.contain(certificate, RESTRICTIONS)) {
            return Verified.refused(Reason.NOT_TRUSTED);
        }
        if (!ClientAuthentication.isClient(certificate)) {
            return Verified.refused(Reason.NOT_FOR_CLIENTS);
        }
        Search search = new Search(now);
        List<X509Certificate> path = trusted.isRoot(certificate)
                ? ofItself(certificate, now)
                : new PathSearch(trusted, presented, search::accepts).from(certificate);
        if (path == null) {
            return Verified.refused(search.forOthersOnly ? Reason.NOT_FOR_CLIENTS : Reason.NOT_TRUSTED);
        }
        VerifiedPath found = new VerifiedPath(path, trusted.idsOf(path.get(Math.min(1, path.size() - 1))));
        verified.put(found);
        return Verified.by(found);
    }

    /** One that the trust store holds itself needs nobody to vouch for it, but must be in order. */
    private static @Nullable List<X509Certificate> ofItself(X509Certificate certificate, Instant now) {
        List<X509Certificate> alone = List.of(certificate);
        return PkixValidation.hold(alone, now) ? alone : null;
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

    /** The JDK passes over what it cannot read; alternative names count where an authority is confined to some names. */
    private static boolean areRead(List<X509Certificate> path) {
        boolean confined = path.stream().anyMatch(each -> each.getExtensionValue(NAME_CONSTRAINTS) != null);
        return path.stream()
                .allMatch(each -> ParsableExtensions.contain(each, RESTRICTIONS)
                        && (!confined || ParsableExtensions.contain(each, NAMES)));
    }

    /** Judges the paths of one certificate. */
    private final class Search {
        private final Instant now;
        private boolean forOthersOnly;

        Search(Instant now) {
            this.now = now;
        }

        boolean accepts(List<X509Certificate> path) {
            if (!areIssuersInForce(path, now) || !areRead(path) || !PkixValidation.hold(path, now)) {
                return false;
            }
            boolean client = ClientAuthentication.areClientAuthorities(path.subList(1, path.size()));
            forOthersOnly |= !client;
            return client;
        }
    }
}
