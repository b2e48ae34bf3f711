/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import io.github.thumbkeeper.verdict.Reason;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Checks the validity period of a certificate, both ends inclusive (RFC 5280 section 4.1.2.5).
 *
 * <p>Immutable and thread-safe.
 *
 * @param checkNotBefore whether to refuse a certificate before its period
 * @param checkNotAfter whether to refuse a certificate after its period
 * @param clockSkew the tolerated difference between clocks; extends the period at both ends
 */
public record ValidityDates(boolean checkNotBefore, boolean checkNotAfter, Duration clockSkew) {

    /**
     * Returns the reason to refuse a certificate with this period, or null if there is no reason.
     *
     * @param notBefore the start of the period, in milliseconds since 1970
     * @param notAfter the end of the period, in milliseconds since 1970
     * @param now the current time, in milliseconds since 1970
     */
    public @Nullable Reason check(long notBefore, long notAfter, long now) {
        long skew = clockSkew.toMillis();
        if (checkNotBefore && now < notBefore - skew) {
            return Reason.NOT_YET_VALID;
        }
        if (checkNotAfter && now > notAfter + skew) {
            return Reason.EXPIRED;
        }
        return null;
    }
}
