/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import java.util.List;

/** Result of {@link EntryWriter#apply}. Immutable and thread-safe. */
public sealed interface WriteResult {

    /**
     * All changes are durable.
     *
     * @param snapshot the list afterwards
     * @param records the changes as the history has them; without those that changed nothing
     */
    record Applied(EntrySnapshot snapshot, List<HistoryRecord> records) implements WriteResult {
        public Applied {
            records = List.copyOf(records);
        }
    }

    /**
     * The version is not the current one; nothing was changed. An HTTP API answers 412 (RFC 9110 section 15.5.13).
     *
     * @param current the list as it is now
     * @param difference what has changed since the version
     */
    record Conflict(EntrySnapshot current, EntryDifference difference) implements WriteResult {}

    /**
     * At least one change is not possible; nothing was changed.
     *
     * @param problems a sentence for each problem, each with the number of its change
     */
    record Rejected(List<String> problems) implements WriteResult {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
