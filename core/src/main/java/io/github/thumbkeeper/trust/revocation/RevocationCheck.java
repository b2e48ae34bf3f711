/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import io.github.thumbkeeper.certificate.BoundedCache;
import io.github.thumbkeeper.trust.VerifiedPath;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Checks every certificate of a verified path except the root for revocation: in the CRLs from files, otherwise at the OCSP
 * responders and CRL addresses that the certificate names.
 *
 * <p>Every certificate needs a source that says it is not revoked. Nothing else counts as good, and errors least of all
 * (CVE-2026-29145, -34500, -86248).
 *
 * <p>Thread-safe.
 */
public final class RevocationCheck {

    private static final int CACHED_PATHS = 1024;

    private final Map<X500Principal, List<Crl>> lists;
    private final @Nullable OnlineRevocation online;

    /**
     * The paths without a revoked certificate, and when to check them again. Keys are compared by identity, since comparing all
     * certificates would cost more than another check: a path is the same object for as long as it is cached.
     */
    private final BoundedCache<VerifiedPath, Instant> good = BoundedCache.byIdentity(CACHED_PATHS);

    /**
     * Creates a check.
     *
     * @param lists the CRLs from files
     * @param online the remote sources, or null if none may be asked
     */
    public RevocationCheck(List<Crl> lists, @Nullable OnlineRevocation online) {
        this.lists = lists.stream().collect(Collectors.groupingBy(Crl::issuer));
        this.online = online;
    }

    /**
     * Checks all certificates of a path. Never throws: a failure proves nothing, so the certificate is refused.
     *
     * @param now the current time
     */
    public RevocationStatus check(VerifiedPath path, Instant now) {
        Instant until = good.get(path);
        return until != null && now.isBefore(until) ? RevocationStatus.GOOD : find(path, now);
    }

    private RevocationStatus find(VerifiedPath path, Instant now) {
        List<X509Certificate> certificates = path.certificates();
        TimeBudget budget = new TimeBudget(online == null ? 0 : online.budget().toNanos());
        RevocationStatus worst = RevocationStatus.GOOD;
        Instant until = Instant.MAX;
        for (int i = 0; i + 1 < certificates.size() && worst != RevocationStatus.REVOKED; i++) {
            RevocationEvidence evidence = check(path, i, now, budget.part(certificates.size() - 1 - i));
            worst = worst.orWorse(evidence.status());
            until = evidence.until().isBefore(until) ? evidence.until() : until;
        }
        if (worst == RevocationStatus.GOOD) {
            good.put(path, until);
        }
        return worst;
    }

    private RevocationEvidence check(VerifiedPath path, int position, Instant now, TimeBudget budget) {
        try {
            List<RevocationEvidence> found = new ArrayList<>(fromFiles(path, position, now));
            if (online != null && found.stream().noneMatch(RevocationEvidence::conclusive)) {
                found.addAll(online.ask(path, position, now, budget));
            }
            return combined(found, now);
        } catch (RuntimeException e) {
            // The JDK and Bouncy Castle throw these for extensions that they cannot read.
            return RevocationEvidence.unusable(now, "failed");
        }
    }

    private List<RevocationEvidence> fromFiles(VerifiedPath path, int position, Instant now) {
        X509Certificate certificate = path.certificates().get(position);
        List<RevocationEvidence> found = new ArrayList<>();
        for (Crl list : lists.getOrDefault(certificate.getIssuerX500Principal(), List.of())) {
            RevocationEvidence evidence = list.of(certificate, path.signersFor(certificate), now, now);
            if (evidence != null) {
                found.add(evidence);
            }
        }
        return found;
    }

    /** Returns "revoked" if any source says so, otherwise "good" if any source says so, otherwise the worst statement. */
    private static RevocationEvidence combined(List<RevocationEvidence> found, Instant now) {
        RevocationEvidence worst = RevocationEvidence.none(now, "there is no source to ask");
        for (RevocationEvidence evidence : found) {
            if (evidence.status() == RevocationStatus.REVOKED) {
                return evidence;
            }
            boolean good = evidence.status() == RevocationStatus.GOOD;
            boolean known = worst.status() == RevocationStatus.GOOD;
            worst = good || (!known && evidence.status().compareTo(worst.status()) > 0) ? evidence : worst;
        }
        return worst;
    }
}
