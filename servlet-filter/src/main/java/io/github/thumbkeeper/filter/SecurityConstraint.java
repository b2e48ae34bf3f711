/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import java.util.List;

/**
 * Paths of an application that the container lets only users with a role reach (servlet specification section 13.8).
 *
 * <p>Immutable and thread-safe.
 *
 * @param patterns the URL patterns
 * @param roles the roles of which a user must have one; {@code *} and {@code **} mean any role and any user
 */
record SecurityConstraint(List<String> patterns, List<String> roles) {
    SecurityConstraint {
        patterns = List.copyOf(patterns);
        roles = List.copyOf(roles);
    }
}
