/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import io.github.thumbkeeper.verdict.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What the verification of a certificate gave: a path, or the reason why it is refused. Exactly one of the two is there.
 *
 * <p>Immutable and safe to share between threads.
 */
public record Verified(
        @Nullable VerifiedPath path, @Nullable Reason reason) {

    /** Returns that the certificate has a valid path. */
    public static Verified by(VerifiedPath path) {
        return new Verified(path, null);
    }

    /** Returns that the certificate is refused. */
    public static Verified refused(Reason reason) {
        return new Verified(null, reason);
    }
}
