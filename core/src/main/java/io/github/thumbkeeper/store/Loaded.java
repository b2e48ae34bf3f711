/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Result of one successful reading by a {@link Loader}.
 *
 * <p>Immutable and thread-safe if the value is.
 *
 * @param value what was read
 * @param warnings what the administrator should know, each a clause without subject; logged when the value changes
 * @param failures the parts (files of a directory) that cannot be used now; their previous content is in the value
 * @param state what the loader needs to notice a change
 */
public record Loaded<V>(V value, List<String> warnings, List<StoreException> failures, Object state) {
    public Loaded {
        warnings = List.copyOf(warnings);
        failures = List.copyOf(failures);
    }

    /** Requires that there is no part that cannot be used, which is a condition for starting. */
    void requireWhole(String location) throws StoreException {
        if (!failures.isEmpty()) {
            throw StoreException.ofParts(location, failures);
        }
    }

    /** Returns the warnings about files that do not count, as an addition to a message about a store without entries. */
    String ignored() {
        return warnings.stream()
                .filter(warning -> warning.contains("] is ignored: "))
                .map(warning -> "; " + warning)
                .collect(Collectors.joining());
    }

    /** Returns the previous result if it has the same content: an unchanged result is recognised by its identity. */
    public Loaded<V> unlessSameAs(@Nullable Loaded<V> previous) {
        return previous != null
                        && previous.state().equals(state)
                        && previous.value().equals(value)
                        && previous.warnings().equals(warnings)
                ? previous
                : this;
    }
}
