/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Checks of one kind of value: what a {@link Reloader} demands and logs, apart from reading it.
 *
 * @param <V> what is read; immutable
 */
sealed interface ReloadChecks<V> permits StoreChecks, ItemChecks {

    /** Returns what log lines call the items of the value, such as {@code entries}. */
    String noun();

    /** Returns the number of items. */
    int size(V value);

    /**
     * Checks what was read, before it is taken over.
     *
     * @param before the value in force; null if there is none, so that a part is not enough
     * @return what may come into force
     * @throws StoreException if it cannot be used; the last good value stays
     */
    Loaded<V> check(Loaded<V> read, @Nullable V before) throws StoreException;

    /** Returns why a value may not replace the one in force, or null if it may. */
    default @Nullable String objection(V before, V now) {
        return null;
    }

    /** Returns the log lines, with their codes, of errors about a value that comes into force. */
    default List<String> errors(V value) {
        return List.of();
    }

    /**
     * Returns how a value differs from the one that was in force, as a clause without subject such as {@code has 1 added ([alice])};
     * null if no item differs. May take as long as reading does.
     */
    @Nullable
    String changes(V before, V now);

    /** Returns warnings about a value that comes into force, each a clause without subject. */
    default List<String> warnings(V value, Instant now) {
        return List.of();
    }
}
