/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data of an entry as read from a database or directory, besides its certificate.
 *
 * @param label the client's name, or null; blanks around it are ignored
 * @param roles texts, each with roles separated by commas
 * @param from the instant from which the entry is in force, or null for always
 * @param until the instant at which the entry ceases to be in force, or null for never
 * @param disabled whether a certificate that matches is refused
 */
public record EntryData(
        @Nullable String label,
        Collection<String> roles,
        @Nullable Instant from,
        @Nullable Instant until,
        boolean disabled) {

    /** Returns data with a label only. */
    static EntryData named(@Nullable String label) {
        return new EntryData(label, List.of(), null, null, false);
    }
}
