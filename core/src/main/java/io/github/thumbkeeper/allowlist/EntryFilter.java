/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What rules make of the entries of stores that match a certificate. Those in the settings themselves are not asked about. */
@FunctionalInterface
public interface EntryFilter {

    /** Every entry counts as it is. */
    EntryFilter NONE = Entry::roles;

    /** Returns the roles that an entry gives, or null if it does not count. */
    @Nullable
    Set<String> roles(Entry entry);
}
