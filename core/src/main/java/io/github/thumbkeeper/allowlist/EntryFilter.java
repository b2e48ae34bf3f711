/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Effect of rules with a label on the entries that match a certificate: which entries count, and with which roles. Applies to
 * entries of stores only, not to those of the settings.
 */
@FunctionalInterface
public interface EntryFilter {

    /** Lets every entry count, with its own roles. */
    EntryFilter NONE = Entry::roles;

    /** Returns the roles that an entry gives, or null if it does not count. */
    @Nullable
    Set<String> roles(Entry entry);
}
