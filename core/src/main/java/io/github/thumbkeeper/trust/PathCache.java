/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import io.github.thumbkeeper.certificate.BoundedCache;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/**
 * The last verified paths, by the content of the certificate. Only verified paths are kept, so a client without one cannot
 * displace others. A search without result is not kept, since another connection may bring the missing certificate.
 *
 * <p>Thread-safe.
 */
final class PathCache {

    private static final int SIZE = 1024;

    private final BoundedCache<X509Certificate, VerifiedPath> paths = BoundedCache.byEquality(SIZE);

    /** Returns the path of a certificate with the same content, or null if it is not cached. */
    @Nullable
    VerifiedPath get(X509Certificate certificate) {
        return paths.get(certificate);
    }

    /** Keeps a path; its first certificate is the key, so that no other object for it is kept. */
    void put(VerifiedPath path) {
        paths.put(path.certificates().get(0), path);
    }
}
