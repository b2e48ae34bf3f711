/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.verdict;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Identity of an admitted client.
 *
 * <p>Immutable and thread-safe.
 *
 * @param name the name of the principal, or null if no principal is set
 * @param label the label of the entry that matched, or null if it has no label
 * @param roles the roles of the entry and of the settings
 * @param thumbprint the SHA-256 thumbprint of the certificate in its canonical form, such as {@code sha256:9f86d0…}
 */
public record Identity(@Nullable String name, @Nullable String label, Set<String> roles, String thumbprint) {
    public Identity {
        roles = Set.copyOf(roles);
    }

    /** Returns whether a name means any role or any user (servlet specification section 13.8), and so cannot be a role. */
    public static boolean isReservedRole(String name) {
        return name.equals("*") || name.equals("**");
    }
}
