/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.verdict;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom an admitted certificate speaks for.
 *
 * <p>Immutable and safe to share between threads.
 *
 * @param name the name of the principal, or null if none is to be set
 * @param label the label of the entry that matched, or null if it has none
 * @param roles the roles of the entry and those of the settings
 * @param thumbprint the SHA-256 thumbprint of the certificate in its canonical print form
 */
public record Identity(@Nullable String name, @Nullable String label, Set<String> roles, String thumbprint) {
    public Identity {
        roles = Set.copyOf(roles);
    }

    /** Returns whether a name stands for any role or for anybody (servlet specification section 13.8), and so for none. */
    public static boolean isReservedRole(String name) {
        return name.equals("*") || name.equals("**");
    }
}
