/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ends of the certificates of a table, as whole minutes since 1970, rounded down, which reaches until the year 10136. A table of thumbprints alone has no column.
 *
 * <p>Immutable and thread-safe.
 */
final class EndColumn {

    private static final long MINUTE = Duration.ofMinutes(1).toSeconds();
    /** Marks an unknown end: a minute of 1970, in which no certificate ends. */
    private static final int UNKNOWN = 0;

    private static final long LAST = 0xFFFF_FFFFL;

    /** Column of every table without ends, so that it takes no bytes of such a table. */
    private static final EndColumn EMPTY = new EndColumn(null);

    private final @Nullable PackedColumn minutes;

    private EndColumn(@Nullable PackedColumn minutes) {
        this.minutes = minutes;
    }

    /** Returns whether no end is known. */
    boolean isEmpty() {
        return minutes == null;
    }

    /** Returns the end of an entry's certificate, or null if it is not known. */
    @Nullable
    Instant get(int ordinal) {
        int minute = minutes == null ? UNKNOWN : minutes.get(ordinal);
        return minute == UNKNOWN ? null : Instant.ofEpochSecond(Integer.toUnsignedLong(minute) * MINUTE);
    }

    /** Collects the ends, one entry at a time. Not thread-safe. */
    static final class Builder {
        private @Nullable IntColumn minutes;
        private int size;

        void add(@Nullable Instant end) {
            if (minutes == null && end != null) {
                minutes = new IntColumn();
                for (int i = 0; i < size; i++) {
                    minutes.add(UNKNOWN);
                }
            }
            if (minutes != null) {
                minutes.add(end == null ? UNKNOWN : (int) Math.max(1, Math.min(end.getEpochSecond() / MINUTE, LAST)));
            }
            size++;
        }

        EndColumn build() {
            return minutes == null ? EMPTY : new EndColumn(minutes.pack());
        }
    }
}
