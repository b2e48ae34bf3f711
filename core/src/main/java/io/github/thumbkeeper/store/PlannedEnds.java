/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.message.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Warns of entries whose planned end is over: they are listed, and yet refused. */
final class PlannedEnds {

    private static final int NAMED = 10;

    private PlannedEnds() {}

    /** Returns one sentence for all such entries, or none. */
    static List<String> passed(EntryTable entries, Instant now) {
        if (!entries.hasEnds()) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        int count = 0;
        for (Entry entry : entries) {
            Instant until = entry.until();
            if (until != null && !now.isBefore(until) && count++ < NAMED) {
                String name = entry.label() == null ? entry.digest().toString() : entry.label();
                names.add(SafeText.quoted(name) + " (" + until + ")");
            }
        }
        return count == 0
                ? List.of()
                : List.of("lists entries whose until has passed: " + String.join(", ", names)
                        + (count > NAMED ? " and " + (count - NAMED) + " more" : ""));
    }
}
