/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import io.github.thumbkeeper.certificate.revocation.OcspRequest;
import io.github.thumbkeeper.certificate.revocation.OcspResponse;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.trust.PkixValidation;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.PKIXRevocationChecker.Option;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Judges the answers of OCSP responders. Who may sign one, and whether he has, is left to the JDK's {@code PKIXRevocationChecker},
 * which is given the answer and has nothing to fetch. What it lets pass is looked at again here: it takes an answer that is up to
 * 15 minutes too old or too early, a revocation that lies in the future, and the last of two statements (CVE-2026-24734,
 * CVE-2018-8020).
 */
final class OcspEvidence {

    /** Clocks differ; what is made this much later than now is of the present. */
    private static final Duration TOLERATED = Duration.ofSeconds(60);

    /** An answer that does not say how long it holds is of the present if it is not older than this. */
    private static final Duration PRESENT = Duration.ofMinutes(5);

    private OcspEvidence() {}

    static RevocationEvidence judge(
            byte[] der, X509Certificate certificate, X509Certificate issuer, Instant now, Instant retry) {
        OcspResponse answer;
        try {
            answer = OcspResponse.parse(der, new OcspRequest(certificate, issuer));
        } catch (CertificateFormatException e) {
            return RevocationEvidence.unusable(retry, String.valueOf(e.getMessage()));
        }
        return switch (answer.kind()) {
            case NOT_NOW -> RevocationEvidence.none(retry, "the responder cannot answer now");
            case REFUSED -> RevocationEvidence.unusable(retry, "the responder refuses to answer");
            default -> judge(answer, der, certificate, issuer, now, retry);
        };
    }

    private static RevocationEvidence judge(
            OcspResponse answer,
            byte[] der,
            X509Certificate certificate,
            X509Certificate issuer,
            Instant now,
            Instant retry) {
        BasicReason verdict = verify(der, certificate, issuer, now);
        boolean signed = verdict == null || verdict == BasicReason.REVOKED;
        if (signed && answer.kind() == OcspResponse.Kind.REVOKED) {
            return RevocationEvidence.revoked(until(answer, retry));
        }
        if (verdict == BasicReason.UNDETERMINED_REVOCATION_STATUS && answer.kind() == OcspResponse.Kind.UNKNOWN) {
            return RevocationEvidence.unknown(until(answer, retry));
        }
        if (verdict != null || answer.kind() != OcspResponse.Kind.GOOD) {
            return RevocationEvidence.unusable(
                    retry, "the answer is not signed by whom it should be, or not of the present");
        }
        return isOfThePresent(answer, now)
                ? RevocationEvidence.good(until(answer, retry))
                : RevocationEvidence.unusable(retry, "the answer is not of the present");
    }

    private static boolean isOfThePresent(OcspResponse answer, Instant now) {
        Instant made = answer.thisUpdate();
        if (made == null || made.isAfter(now.plus(TOLERATED))) {
            return false;
        }
        Instant end = answer.nextUpdate() == null ? made.plus(PRESENT) : answer.nextUpdate();
        return !end.isBefore(now);
    }

    private static Instant until(OcspResponse answer, Instant retry) {
        Instant next = answer.nextUpdate();
        return next == null || next.isBefore(retry) ? retry : next;
    }

    /** Returns what the JDK finds wrong with the answer, or null. */
    private static @Nullable BasicReason verify(
            byte[] der, X509Certificate certificate, X509Certificate issuer, Instant now) {
        try {
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
            checker.setOptions(Set.of(Option.NO_FALLBACK));
            checker.setOcspResponses(Map.of(certificate, der));
            PKIXParameters rules = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
            rules.setDate(Date.from(PkixValidation.nearest(now, certificate)));
            rules.addCertPathChecker(checker);
            validator.validate(CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), rules);
            return null;
        } catch (CertPathValidatorException e) {
            return e.getReason() instanceof BasicReason reason ? reason : BasicReason.UNSPECIFIED;
        } catch (GeneralSecurityException | RuntimeException e) {
            return BasicReason.UNSPECIFIED;
        }
    }
}
