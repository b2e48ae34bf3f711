/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import java.time.Instant;

/**
 * Statement of one source about one certificate.
 *
 * <p>Immutable and thread-safe.
 *
 * @param status the status that follows from it
 * @param conclusive whether no other source has to be asked
 * @param until the time at which to ask again
 * @param why the cause, as a part of a sentence for the log
 */
record RevocationEvidence(RevocationStatus status, boolean conclusive, Instant until, String why) {

    static RevocationEvidence good(Instant until) {
        return new RevocationEvidence(RevocationStatus.GOOD, true, until, "not revoked");
    }

    static RevocationEvidence revoked(Instant until) {
        return new RevocationEvidence(RevocationStatus.REVOKED, true, until, "revoked");
    }

    /** Signed "unknown": the certificate was never issued, so no other source has to be asked. */
    static RevocationEvidence unknown(Instant until) {
        return new RevocationEvidence(
                RevocationStatus.NOT_PROVED, true, until, "the responder does not know the certificate");
    }

    static RevocationEvidence unusable(Instant until, String why) {
        return new RevocationEvidence(RevocationStatus.NOT_PROVED, false, until, why);
    }

    /** No source was asked. This differs from {@link #none}: otherwise a client that keeps the gate busy could force a soft fail. */
    static RevocationEvidence busy(Instant until) {
        return new RevocationEvidence(
                RevocationStatus.BUSY, false, until, "too many requests are waiting for an answer");
    }

    static RevocationEvidence none(Instant until, String why) {
        return new RevocationEvidence(RevocationStatus.NOT_KNOWN, false, until, why);
    }
}
