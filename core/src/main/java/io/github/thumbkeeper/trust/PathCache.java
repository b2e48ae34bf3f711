/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The paths that were verified last, in a table of fixed size, by the content of the certificate: a stranger has none to put in
 * it. A path that was not found is not remembered, since another connection may bring the certificate that was missing.
 *
 * <p>Safe to share between threads without a lock: a slot holds one immutable object, and losing a race only costs a search.
 */
final class PathCache {

    private static final int SLOTS = 1024;

    private final @Nullable VerifiedPath[] slots = new VerifiedPath[SLOTS];

    @Nullable
    VerifiedPath get(X509Certificate certificate) {
        VerifiedPath path = slots[slot(certificate)];
        return path != null && path.certificates().get(0).equals(certificate) ? path : null;
    }

    void put(X509Certificate certificate, VerifiedPath path) {
        slots[slot(certificate)] = path;
    }

    private static int slot(X509Certificate certificate) {
        int hash = certificate.hashCode();
        return (hash ^ (hash >>> 12)) & (SLOTS - 1);
    }
}
