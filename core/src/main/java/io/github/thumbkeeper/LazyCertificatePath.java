/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.rule.Issuer;
import io.github.thumbkeeper.source.PresentedCertificate;
import io.github.thumbkeeper.trust.TrustCheck;
import io.github.thumbkeeper.trust.Verified;
import io.github.thumbkeeper.trust.VerifiedPath;
import io.github.thumbkeeper.verdict.Reason;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The verified path of one certificate in one decision, looked for when it is first asked for. Used by one thread. */
final class LazyCertificatePath {

    private final @Nullable TrustCheck trust;
    private final X509Certificate certificate;
    private final PresentedCertificate.Found presented;
    private final long now;
    private @Nullable Verified verified;

    /**
     * Makes the path; nothing is verified yet.
     *
     * @param trust what verifies it, or null if no path is asked for
     * @param now the current time, in milliseconds since 1970
     */
    LazyCertificatePath(
            @Nullable TrustCheck trust, X509Certificate certificate, PresentedCertificate.Found presented, long now) {
        this.trust = trust;
        this.certificate = certificate;
        this.presented = presented;
        this.now = now;
    }

    /** Returns why the certificate is refused, or null if it has a path or needs none. */
    @Nullable
    Reason reason() {
        Verified found = verified();
        if (found == null) {
            return null;
        }
        return found.path() == null && found.reason() == null ? Reason.INTERNAL : found.reason();
    }

    /** Returns the verified path, or null if there is none or none is asked for. */
    @Nullable
    VerifiedPath path() {
        Verified found = verified();
        return found == null || found.reason() != null ? null : found.path();
    }

    /** Returns the issuer in the verified path; null without one, and if the trust store holds the certificate itself. */
    @Nullable
    Issuer issuer() {
        VerifiedPath path = path();
        return path == null || !isIssued(path) ? null : new Issuer(path.issuer(), path.issuerIds());
    }

    /** A certificate that the trust store holds itself has an issuer in its path only if it is its own. */
    private boolean isIssued(VerifiedPath path) {
        return path.certificates().size() > 1
                || certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private @Nullable Verified verified() {
        if (verified == null && trust != null) {
            verified = trust.verify(certificate, presented.others(), Instant.ofEpochMilli(now));
        }
        return verified;
    }
}
