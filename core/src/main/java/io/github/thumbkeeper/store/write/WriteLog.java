/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.message.SafeText;
import java.util.List;
import java.util.stream.Collectors;

/** Logs changes, so that the log names the person who made them. The history has the details. Thread-safe. */
final class WriteLog {

    private static final int MOST_NAMED = 20;

    private WriteLog() {}

    static void log(System.Logger log, String location, List<HistoryRecord> records) {
        String changes = records.stream()
                .limit(MOST_NAMED)
                .map(record -> record.number() + " " + record.kind() + " "
                        + SafeText.quoted(record.steps().get(0).name()))
                .collect(Collectors.joining(", "));
        String more = records.size() > MOST_NAMED ? " and " + (records.size() - MOST_NAMED) + " more" : "";
        log.log(
                System.Logger.Level.INFO,
                "store [" + location + "] was changed by "
                        + SafeText.quoted(records.get(0).actor()) + ": " + changes + more);
    }

    static int requirePageSize(int size) {
        if (size < 1 || size > EntryWriter.LARGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + EntryWriter.LARGEST_PAGE + " records, not " + size);
        }
        return size;
    }
}
