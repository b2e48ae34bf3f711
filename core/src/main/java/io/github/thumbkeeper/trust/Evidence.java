/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

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
record Evidence(RevocationStatus status, boolean conclusive, Instant until, String why) {

    static Evidence good(Instant until) {
        return new Evidence(RevocationStatus.GOOD, true, until, "not revoked");
    }

    static Evidence revoked(Instant until) {
        return new Evidence(RevocationStatus.REVOKED, true, until, "revoked");
    }

    /** Something signed that says the certificate is unknown: it was never issued, whatever others do not say. */
    static Evidence unknown(Instant until) {
        return new Evidence(RevocationStatus.NOT_PROVED, true, until, "the certificate is unknown there");
    }

    static Evidence unusable(Instant until, String why) {
        return new Evidence(RevocationStatus.NOT_PROVED, false, until, why);
    }

    /** Nobody was asked: to call that "could not be found out" would let whoever keeps others busy choose what passes. */
    static Evidence busy(Instant until) {
        return new Evidence(RevocationStatus.BUSY, false, until, "too many requests wait for an answer");
    }

    static Evidence none(Instant until, String why) {
        return new Evidence(RevocationStatus.NOT_KNOWN, false, until, why);
    }
}
