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
 * Evaluates OCSP responses (RFC 6960). The JDK's {@code PKIXRevocationChecker} gets the response, so that it fetches nothing, and
 * verifies the signature and the authority of its signer. The rest is checked here more strictly: the JDK accepts a response that is
 * up to 15 minutes too old or too early, a revocation in the future, and the last of two statements about the same certificate
 * (CVE-2026-24734, CVE-2018-8020).
 */
final class OcspEvidence {

    /** Tolerated difference between clocks: a response may be produced this much later than now. */
    private static final Duration TOLERANCE = Duration.ofSeconds(60);

    /** Greatest age of a response without a next update. */
    private static final Duration MAX_AGE = Duration.ofMinutes(5);

    private OcspEvidence() {}

    /**
     * Evaluates a response about one certificate.
     *
     * @param retry the time at which to ask again after a failure
     */
    static RevocationEvidence evaluate(
            byte[] der, X509Certificate certificate, X509Certificate issuer, Instant now, Instant retry) {
        OcspResponse response;
        try {
            response = OcspResponse.parse(der, new OcspRequest(certificate, issuer));
        } catch (CertificateFormatException e) {
            return RevocationEvidence.unusable(retry, String.valueOf(e.getMessage()));
        }
        return switch (response.kind()) {
            case NOT_NOW -> RevocationEvidence.none(retry, "the responder cannot answer now");
            case REFUSED -> RevocationEvidence.unusable(retry, "the responder refuses to answer");
            default -> evaluate(response, der, certificate, issuer, now, retry);
        };
    }

    private static RevocationEvidence evaluate(
            OcspResponse response,
            byte[] der,
            X509Certificate certificate,
            X509Certificate issuer,
            Instant now,
            Instant retry) {
        BasicReason rejection = verify(der, certificate, issuer, now);
        boolean signed = rejection == null || rejection == BasicReason.REVOKED;
        if (signed && response.kind() == OcspResponse.Kind.REVOKED) {
            return RevocationEvidence.revoked(until(response, retry));
        }
        if (rejection == BasicReason.UNDETERMINED_REVOCATION_STATUS && response.kind() == OcspResponse.Kind.UNKNOWN) {
            return RevocationEvidence.unknown(until(response, retry));
        }
        if (rejection != null || response.kind() != OcspResponse.Kind.GOOD) {
            return RevocationEvidence.unusable(
                    retry, "the response is not signed by an authorised responder, or is not current");
        }
        return isCurrent(response, now)
                ? RevocationEvidence.good(until(response, retry))
                : RevocationEvidence.unusable(retry, "the response is not current");
    }

    private static boolean isCurrent(OcspResponse response, Instant now) {
        Instant made = response.thisUpdate();
        if (made == null || made.isAfter(now.plus(TOLERANCE))) {
            return false;
        }
        Instant end = response.nextUpdate() == null ? made.plus(MAX_AGE) : response.nextUpdate();
        return !end.isBefore(now);
    }

    private static Instant until(OcspResponse response, Instant retry) {
        Instant next = response.nextUpdate();
        return next == null || next.isBefore(retry) ? retry : next;
    }

    /** Returns the JDK's reason to reject the certificate or the response, or null if it accepts both. */
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
