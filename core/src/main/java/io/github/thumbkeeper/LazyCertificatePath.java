/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.rule.Issuer;
import io.github.thumbkeeper.trust.TrustCheck;
import io.github.thumbkeeper.trust.TrustResult;
import io.github.thumbkeeper.trust.VerifiedPath;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Verification of one certificate in one decision, done when the result is first needed: by a rule about the issuer, or by the
 * gate. It costs more than everything else in a decision. Not thread-safe.
 */
final class LazyCertificatePath {

    private final TrustCheck check;
    private final X509Certificate certificate;
    private final @Nullable X509Certificate[] chain;
    private final long now;
    private @Nullable TrustResult result;

    /**
     * Remembers what to verify; verifies nothing yet.
     *
     * @param chain the chain as presented; its first element is not read again
     * @param now the current time, in milliseconds since 1970
     */
    LazyCertificatePath(TrustCheck check, X509Certificate certificate, @Nullable X509Certificate[] chain, long now) {
        this.check = check;
        this.certificate = certificate;
        this.chain = chain;
        this.now = now;
    }

    /** Returns the verified path, or the reason to refuse the certificate. */
    TrustResult result() {
        TrustResult known = result;
        if (known == null) {
            List<@Nullable X509Certificate> others =
                    Arrays.<@Nullable X509Certificate>asList(chain).subList(1, chain.length);
            known = check.verify(certificate, others, Instant.ofEpochMilli(now));
            result = known;
        }
        return known;
    }

    /** Returns the issuer in the verified path; null if there is no path, or the trust store contains the certificate itself. */
    @Nullable
    Issuer issuer() {
        return result() instanceof VerifiedPath path && isIssued(path)
                ? new Issuer(path.issuer(), path.issuerIds())
                : null;
    }

    /** A certificate in the trust store is its whole path; only a self-signed one has an issuer then, itself. */
    private boolean isIssued(VerifiedPath path) {
        return path.certificates().size() > 1
                || certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
