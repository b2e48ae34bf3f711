/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import java.util.List;
import java.util.OptionalLong;

/**
 * Part of the history, with the newest change first.
 *
 * <p>Immutable and thread-safe.
 *
 * @param records the changes
 * @param next the value of {@code before} for the next page; empty after the oldest change
 */
public record HistoryPage(List<HistoryRecord> records, OptionalLong next) {
    public HistoryPage {
        records = List.copyOf(records);
    }

    /** Cuts a list that has one record more than the page, if there are more. */
    static HistoryPage of(List<HistoryRecord> records, int size) {
        return records.size() <= size
                ? new HistoryPage(records, OptionalLong.empty())
                : new HistoryPage(
                        records.subList(0, size),
                        OptionalLong.of(records.get(size - 1).number()));
    }
}
