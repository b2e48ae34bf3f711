/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.trust.TrustCheck;
import io.github.thumbkeeper.trust.revocation.RevocationCheck;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Snapshot of the trust store and the CRLs, as the checks made of them.
 *
 * <p>Immutable and thread-safe.
 *
 * @param path verifies certificates, or null if validateTrust is off
 * @param revocation checks verified paths for revoked certificates, or null if that is off; requires {@code path}
 * @param labels the labels in the trust store
 */
record TrustSnapshot(@Nullable TrustCheck path, @Nullable RevocationCheck revocation, Set<String> labels) {
    TrustSnapshot {
        if (path == null && revocation != null) {
            throw new IllegalArgumentException("revocation can be checked on a verified path only");
        }
        labels = Set.copyOf(labels);
    }
}
