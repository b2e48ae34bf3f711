/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one store lists.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param entries the entries
 * @param warnings what the administrator should know, each a sentence; logged when the contents change
 * @param failures the parts (files of a directory) that could not be read now and stand as they were read last
 * @param state what the store itself needs to notice a change
 */
public record Contents(EntryTable entries, List<String> warnings, List<StoreException> failures, Object state) {
    public Contents {
        warnings = List.copyOf(warnings);
        failures = List.copyOf(failures);
    }

    /** Packs the entries of a store that is small enough to have them all at hand. */
    public Contents(List<Entry> entries, List<String> warnings, List<StoreException> failures, Object state) {
        this(EntryTable.of(entries), warnings, failures, state);
    }

    /** Returns what was read before, if that says the same: contents are known by the object. */
    public Contents unlessSameAs(@Nullable Contents previous) {
        return previous != null
                        && previous.state().equals(state)
                        && previous.entries().equals(entries)
                        && previous.warnings().equals(warnings)
                ? previous
                : this;
    }
}
