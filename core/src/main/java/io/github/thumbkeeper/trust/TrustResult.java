/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import io.github.thumbkeeper.verdict.Reason;

/**
 * Result of the verification of a certificate: its {@linkplain VerifiedPath path}, or the reason to refuse it.
 *
 * <p>Immutable and thread-safe.
 *
 * @see TrustCheck
 */
public sealed interface TrustResult permits VerifiedPath, TrustResult.Untrusted {

    /** The certificate has no valid path. */
    record Untrusted(Reason reason) implements TrustResult {

        /** No path leads to a certificate of the trust store, or none is valid. */
        public static final Untrusted NOT_TRUSTED = new Untrusted(Reason.NOT_TRUSTED);

        /** Every path that is otherwise valid has an intermediate whose signature algorithm is not allowed. */
        public static final Untrusted SIGNATURE_ALGORITHM = new Untrusted(Reason.SIGNATURE_ALGORITHM);

        /** The certificate, or an authority in every path that is otherwise valid, is restricted to other uses. */
        public static final Untrusted NOT_FOR_CLIENTS = new Untrusted(Reason.NOT_FOR_CLIENTS);
    }
}
