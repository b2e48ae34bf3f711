/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.source.header;

import io.github.thumbkeeper.source.PresentedCertificate;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what was read from header fields, in a table of fixed size: a stranger can displace what is in it, never fill it.
 * A certificate that is sent with each request is parsed once, and is the same object each time, by which its listing is
 * found.
 *
 * <p>Safe to share between threads without a lock: a slot holds one immutable object, and losing a race only costs to read
 * again.
 */
final class HeaderCache {

    private static final int SLOTS = 512;

    /** In characters; what is longer is read each time, so that all slots together hold a few megabytes at most. */
    private static final int LONGEST = 8 * 1024;

    private final @Nullable Seen[] slots = new @Nullable Seen[SLOTS];

    private record Seen(ForwardedFields fields, PresentedCertificate forwarded) {}

    @Nullable
    PresentedCertificate get(ForwardedFields fields) {
        Seen seen = slots[slot(fields)];
        return seen != null && seen.fields.equals(fields) ? seen.forwarded : null;
    }

    void put(ForwardedFields fields, PresentedCertificate forwarded) {
        if (fields.length() <= LONGEST) {
            slots[slot(fields)] = new Seen(fields, forwarded);
        }
    }

    private static int slot(ForwardedFields fields) {
        int hash = fields.hashCode();
        return (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }
}
