/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import java.time.Instant;
import java.util.List;

/**
 * A change in the history of a list: who, when, what, and each entry before and after.
 *
 * <p>Immutable and thread-safe.
 *
 * @param number the number of the change, from 1, without a gap between the changes of writers
 * @param at the time of the change
 * @param actor the name of the principal that made it
 * @param kind the kind of change
 * @param steps its effects; at least one, except for a record of the kind {@link ChangeKind#DAMAGED}
 */
public record HistoryRecord(long number, Instant at, String actor, ChangeKind kind, List<EntryStep> steps) {
    public HistoryRecord {
        steps = List.copyOf(steps);
    }

    /** Returns what is known of a record that cannot be read. It keeps its place, so that its number is not used again. */
    static HistoryRecord damaged(long number, Instant at, String actor) {
        return new HistoryRecord(number, at, actor, ChangeKind.DAMAGED, List.of());
    }
}
