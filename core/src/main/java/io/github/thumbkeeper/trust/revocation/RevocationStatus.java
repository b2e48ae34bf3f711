/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust.revocation;

import io.github.thumbkeeper.verdict.Reason;
import org.jspecify.annotations.Nullable;

/** What is known of whether certificates are revoked, the better first. */
public enum RevocationStatus {
    /** None of them is. */
    GOOD(null),
    /** Nobody could be asked, or nobody answered in time. */
    NOT_KNOWN(Reason.REVOCATION_NOT_KNOWN),
    /** Nobody was asked, because too many wait already. */
    BUSY(Reason.REVOCATION_NOT_KNOWN),
    /** Somebody answered, and it does not count: it says unknown, is too old, wrongly signed or not understood. */
    NOT_PROVED(Reason.REVOCATION_NOT_PROVED),
    /** One of them is. */
    REVOKED(Reason.REVOKED);

    private final @Nullable Reason reason;

    RevocationStatus(@Nullable Reason reason) {
        this.reason = reason;
    }

    /** Returns why the certificate is refused, or null if it is not. */
    public @Nullable Reason reason() {
        return reason;
    }

    RevocationStatus orWorse(RevocationStatus other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
