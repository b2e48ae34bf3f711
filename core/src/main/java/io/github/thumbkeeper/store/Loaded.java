/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.util.List;

/**
 * What a {@link Loader} held when it was read.
 *
 * <p>Immutable and safe to share between threads if the items are.
 *
 * @param items what was read
 * @param warnings what the administrator should know, each a sentence; logged when the items change
 * @param failures the parts that cannot be used as they are now, and stand as they were read last
 * @param state what the material itself needs to notice a change
 */
public record Loaded<T>(List<T> items, List<String> warnings, List<StoreException> failures, Object state) {
    public Loaded {
        items = List.copyOf(items);
        warnings = List.copyOf(warnings);
        failures = List.copyOf(failures);
    }
}
