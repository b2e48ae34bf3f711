/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.trust.TrustCheck;
import io.github.thumbkeeper.trust.revocation.RevocationCheck;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that verify certificates, made of one state of the trust store and CRLs.
 *
 * <p>Immutable and thread-safe.
 *
 * @param path finds and checks a certificate's path, or null if {@code validateTrust} is off
 * @param revocation checks whether a certificate of the path is revoked, or null if {@code validateRevocation} is off
 * @param labels the labels of the trust anchors, which rules may name
 */
record TrustSnapshot(@Nullable TrustCheck path, @Nullable RevocationCheck revocation, Set<String> labels) {
    TrustSnapshot {
        labels = Set.copyOf(labels);
    }
}
