/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.observe;

import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.verdict.Reason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Certificate that a gate has refused, once or more often.
 *
 * <p>Immutable and thread-safe.
 *
 * @param thumbprint the SHA-256 thumbprint
 * @param subject the subject, escaped and truncated for a message
 * @param issuer the issuer, in the same form
 * @param notBefore the start of the certificate's validity
 * @param notAfter the end of the certificate's validity
 * @param pem the certificate in PEM, or null if it is too large to be kept
 * @param reason the reason of the last refusal
 * @param firstSeen the time of the first refusal since it was last forgotten
 * @param lastSeen the time of the last refusal
 * @param count the number of refusals
 * @param peer the address of the peer of the last one, escaped and truncated
 */
public record RefusedCertificate(
        Thumbprint thumbprint,
        String subject,
        String issuer,
        Instant notBefore,
        Instant notAfter,
        @Nullable String pem,
        Reason reason,
        Instant firstSeen,
        Instant lastSeen,
        long count,
        String peer) {

    /** Returns whether the certificate would be admitted if it were listed, as far as its last refusal shows. */
    public boolean isAdmittedByListing() {
        return reason == Reason.NOT_LISTED || reason == Reason.NO_RULE;
    }
}
