/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import java.time.Instant;

/**
 * What one source says of one certificate.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param status what it comes to
 * @param conclusive whether no other source is to be asked
 * @param until when it is to be asked for again
 * @param why what made it so, a part of a sentence for the log
 */
record RevocationEvidence(RevocationStatus status, boolean conclusive, Instant until, String why) {

    static RevocationEvidence good(Instant until) {
        return new RevocationEvidence(RevocationStatus.GOOD, true, until, "not revoked");
    }

    static RevocationEvidence revoked(Instant until) {
        return new RevocationEvidence(RevocationStatus.REVOKED, true, until, "revoked");
    }

    /** Something signed that says the certificate is unknown: it was never issued, whatever others do not say. */
    static RevocationEvidence unknown(Instant until) {
        return new RevocationEvidence(RevocationStatus.NOT_PROVED, true, until, "the certificate is unknown there");
    }

    static RevocationEvidence unusable(Instant until, String why) {
        return new RevocationEvidence(RevocationStatus.NOT_PROVED, false, until, why);
    }

    /** Nobody was asked: to call that "could not be found out" would let whoever keeps others busy choose what passes. */
    static RevocationEvidence busy(Instant until) {
        return new RevocationEvidence(RevocationStatus.BUSY, false, until, "too many requests wait for an answer");
    }

    static RevocationEvidence none(Instant until, String why) {
        return new RevocationEvidence(RevocationStatus.NOT_KNOWN, false, until, why);
    }
}
