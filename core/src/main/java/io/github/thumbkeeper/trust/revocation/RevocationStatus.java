/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import io.github.thumbkeeper.verdict.Reason;
import org.jspecify.annotations.Nullable;

/** Revocation status of one or several certificates, from best to worst. */
public enum RevocationStatus {
    /** No certificate is revoked. */
    GOOD(null),
    /** There was no source to ask, or no answer in time. */
    NOT_KNOWN(Reason.REVOCATION_NOT_KNOWN),
    /** No source was asked, because too many threads are waiting already. */
    BUSY(Reason.REVOCATION_NOT_KNOWN),
    /** There was an answer, but it proves nothing: it is "unknown", outdated, wrongly signed or unreadable. */
    NOT_PROVED(Reason.REVOCATION_NOT_PROVED),
    /** A certificate is revoked. */
    REVOKED(Reason.REVOKED);

    private final @Nullable Reason reason;

    RevocationStatus(@Nullable Reason reason) {
        this.reason = reason;
    }

    /** Returns the reason to refuse the certificate, or null for {@link #GOOD}. */
    public @Nullable Reason reason() {
        return reason;
    }

    RevocationStatus orWorse(RevocationStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
