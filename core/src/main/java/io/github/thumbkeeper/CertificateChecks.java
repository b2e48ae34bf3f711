/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.allowlist.ListDecision;
import io.github.thumbkeeper.allowlist.Matches;
import io.github.thumbkeeper.certificate.CertificateCache;
import io.github.thumbkeeper.certificate.SoundCertificates;
import io.github.thumbkeeper.rule.Constraints;
import io.github.thumbkeeper.rule.MatchingRules;
import io.github.thumbkeeper.rule.Rule;
import io.github.thumbkeeper.trust.TrustCheck;
import io.github.thumbkeeper.trust.TrustResult;
import io.github.thumbkeeper.trust.VerifiedPath;
import io.github.thumbkeeper.trust.revocation.RevocationCheck;
import io.github.thumbkeeper.trust.revocation.RevocationStatus;
import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of a gate's decision that depends on the certificate: the lists and the rules, then each {@link Check}. A request
 * stops at the first reason; an {@linkplain Explainer explanation} makes the same calls and goes on.
 *
 * <p>Thread-safe.
 */
final class CertificateChecks {

    /** Checks of a certificate that an entry or a rule admits, in the order in which they are made. */
    enum Check {
        DATES,
        CONSTRAINTS,
        TRUST,
        REVOCATION;

        private static final List<Check> ALL = List.of(values());

        /** Checks that are made if paths are not verified. */
        private static final List<Check> WITHOUT_PATH = List.of(DATES, CONSTRAINTS);
    }

    /** Receives what is worth a warning although it refuses nothing. */
    interface Findings {

        /** Called if the revocation status is unknown and the policy lets the certificate pass. */
        default void softFailed() {}

        /** Called if a rule matches whose roles the certificate does not get, because it is listed. */
        default void rolesHidden(Rule rule) {}
    }

    private final GatePolicy policy;
    private final boolean constrained;
    private final SoundCertificates sound = new SoundCertificates();

    /** The reasons of {@link Check#CONSTRAINTS}, which depend on the certificate alone. */
    private final CertificateCache<Optional<Reason>> constraints = new CertificateCache<>();

    CertificateChecks(GatePolicy policy) {
        this.policy = policy;
        this.constrained = !policy.constraints().equals(Constraints.NONE);
    }

    GatePolicy policy() {
        return policy;
    }

    /**
     * Finds the identity in the list, otherwise by the rules; then makes every check. The first reason wins.
     *
     * @param chain the chain as presented; its first element is not read again
     * @param time the time to compare dates with, in milliseconds since 1970
     * @param findings informed of what is worth a warning although it refuses nothing
     */
    ListDecision decide(
            X509Certificate certificate,
            @Nullable X509Certificate[] chain,
            Gate.Snapshot.Complete now,
            long time,
            Findings findings) {
        Matches matches;
        try {
            matches = now.list().find(certificate);
        } catch (CertificateEncodingException e) {
            return ListDecision.Refused.of(Reason.MALFORMED);
        }
        if (!isUsable(certificate, now)) {
            return ListDecision.Refused.of(Reason.MALFORMED);
        }
        LazyCertificatePath path = path(certificate, chain, now, time);
        ListDecision who = now.rules().isEmpty()
                ? matches.at(time)
                : IdentityResolver.decide(matches, now.rules(), certificate, path, time);
        if (who instanceof ListDecision.Refused refused) {
            return RefusalDetail.byList(refused, matches);
        }
        List<Check> due = path == null ? Check.WITHOUT_PATH : Check.ALL;
        for (int i = 0; i < due.size(); i++) {
            Reason reason = check(due.get(i), matches, certificate, path, now, time, findings);
            if (reason != null) {
                return RefusalDetail.byCheck(reason, matches, certificate);
            }
        }
        if (who instanceof ListDecision.Admitted admitted && now.rules().giveRoles()) {
            noteHiddenRoles(admitted, now.rules().find(certificate), path, findings);
        }
        return who;
    }

    /** Reports a rule whose roles this certificate does not get because it is listed. */
    private static void noteHiddenRoles(
            ListDecision.Admitted who, MatchingRules matching, @Nullable LazyCertificatePath path, Findings findings) {
        Rule rule = matching.first(null, path == null || !matching.needsIssuer() ? null : path.issuer());
        if (rule != null && !who.verdict().identity().roles().containsAll(rule.roles())) {
            findings.rolesHidden(rule);
        }
    }

    /**
     * Returns whether the certificate can be used for all that the decision depends on. A parser may ignore the last part of a
     * certificate; the list does not, since it compares all bytes, or elements at the start.
     */
    boolean isUsable(X509Certificate certificate, Gate.Snapshot.Complete now) {
        boolean dependsOnContent =
                constrained || !now.rules().isEmpty() || now.trust().path() != null;
        return !dependsOnContent || sound.contains(certificate);
    }

    /** Returns the path of a certificate, not yet verified; null if validateTrust is off. */
    static @Nullable LazyCertificatePath path(
            X509Certificate certificate, @Nullable X509Certificate[] chain, Gate.Snapshot.Complete now, long time) {
        TrustCheck check = now.trust().path();
        return check == null ? null : new LazyCertificatePath(check, certificate, chain, time);
    }

    /** Makes one check, and returns the reason to refuse the certificate, or null if there is no reason. */
    @Nullable
    Reason check(
            Check check,
            Matches matches,
            X509Certificate certificate,
            @Nullable LazyCertificatePath path,
            Gate.Snapshot.Complete now,
            long time,
            Findings findings) {
        return switch (check) {
            case DATES -> dates(matches.validityOf(certificate), time);
            case CONSTRAINTS -> constrained ? unmet(certificate) : null;
            case TRUST -> path == null ? null : untrusted(path.result());
            case REVOCATION ->
                path == null ? null : revoked(path.result(), now.trust().revocation(), time, findings);
        };
    }

    private @Nullable Reason dates(Matches.Validity validity, long time) {
        return policy.dates().check(validity.notBefore(), validity.notAfter(), time);
    }

    private @Nullable Reason unmet(X509Certificate certificate) {
        Optional<Reason> known = constraints.get(certificate);
        if (known == null) {
            known = Optional.ofNullable(policy.constraints().check(certificate));
            constraints.put(certificate, known);
        }
        return known.orElse(null);
    }

    private static @Nullable Reason untrusted(TrustResult result) {
        return result instanceof VerifiedPath ? null : ((TrustResult.Untrusted) result).reason();
    }

    private @Nullable Reason revoked(
            TrustResult result, @Nullable RevocationCheck revocation, long time, Findings findings) {
        if (!(result instanceof VerifiedPath path)) {
            return untrusted(result);
        }
        if (revocation == null) {
            return null;
        }
        RevocationStatus status = revocation.check(path, Instant.ofEpochMilli(time));
        if (status == RevocationStatus.NOT_KNOWN && policy.revocationSoftFail()) {
            findings.softFailed();
            return null;
        }
        return status.reason();
    }
}
