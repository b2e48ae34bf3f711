/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper;

import io.github.thumbkeeper.trust.TrustCheck;
import io.github.thumbkeeper.trust.revocation.RevocationCheck;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What certificates are verified with at one moment.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param path looks for their paths, or null if no path is asked for
 * @param revocation finds out whether any certificate of a path is revoked, or null if that is not asked for
 * @param labels the labels of what the trust store holds
 */
record TrustSnapshot(@Nullable TrustCheck path, @Nullable RevocationCheck revocation, Set<String> labels) {
    TrustSnapshot {
        labels = Set.copyOf(labels);
    }
}
