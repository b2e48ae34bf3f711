/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.trust;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The paths in which nothing is revoked, and until when that is known, in a table of fixed size. A path is recognised as the object
 * that {@link PathCache} remembers.
 *
 * <p>Safe to share between threads without a lock: a slot holds one immutable object, and losing a race only costs another look.
 */
public final class GoodPaths {

    private static final int SLOTS = 1024;

    private final @Nullable Known[] slots = new Known[SLOTS];

    private record Known(VerifiedPath path, Instant until) {}

    @SuppressWarnings("ReferenceEquality") // comparing the certificates would cost more than to look again
    public boolean holds(VerifiedPath path, Instant now) {
        Known known = slots[slot(path)];
        return known != null && known.path() == path && now.isBefore(known.until());
    }

    public void put(VerifiedPath path, Instant until) {
        slots[slot(path)] = new Known(path, until);
    }

    private static int slot(VerifiedPath path) {
        int hash = System.identityHashCode(path);
        return (hash ^ (hash >>> 12)) & (SLOTS - 1);
    }
}
