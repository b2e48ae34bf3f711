/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import io.github.thumbkeeper.certificate.BoundedCache;
import java.time.Instant;

/**
 * The paths without a revoked certificate, and until when that is known. A path is recognised as the object in {@link
 * PathCache}, because comparing its certificates would cost more than another check.
 *
 * <p>Thread-safe.
 */
public final class GoodPaths {

    private static final int SIZE = 1024;

    private final BoundedCache<VerifiedPath, Instant> ends = BoundedCache.byIdentity(SIZE);

    /** Returns whether the path is known to be good at this time. */
    public boolean holds(VerifiedPath path, Instant now) {
        Instant end = ends.get(path);
        return end != null && now.isBefore(end);
    }

    /** Keeps a path that is good until this time. */
    public void put(VerifiedPath path, Instant until) {
        ends.put(path, until);
    }
}
