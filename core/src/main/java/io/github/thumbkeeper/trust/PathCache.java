/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * Cache of verified paths by certificate, in a table of fixed size. Only verified paths are in it, so strangers cannot displace
 * them. A failed search is not cached, since another connection may send the intermediate that was missing.
 *
 * <p>Thread-safe without a lock: a slot holds one immutable object, and losing a race costs only another search.
 */
final class PathCache {

    private static final int SLOTS = 1024;

    private final @Nullable VerifiedPath[] slots = new VerifiedPath[SLOTS];

    /** Returns the path of a certificate with the same content, or null if it is not cached. */
    @Nullable
    VerifiedPath get(X509Certificate certificate) {
        VerifiedPath path = slots[slot(certificate)];
        return path != null && path.certificates().get(0).equals(certificate) ? path : null;
    }

    void put(VerifiedPath path) {
        slots[slot(path.certificates().get(0))] = path;
    }

    private static int slot(X509Certificate certificate) {
        int hash = certificate.hashCode();
        return (hash ^ (hash >>> 12)) & (SLOTS - 1);
    }
}
