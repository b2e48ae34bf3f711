/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.entry;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a database or directory says of the owner of a certificate, as it was read.
 *
 * @param label the owner's name, or null; blanks around it are none of it
 * @param roles texts, each with roles that are separated by commas
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

    /** Says nothing of the owner but a name. */
    static EntryData named(@Nullable String label) {
        return new EntryData(label, List.of(), null, null, false);
    }
}
