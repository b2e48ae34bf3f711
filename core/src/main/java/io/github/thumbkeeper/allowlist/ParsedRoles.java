/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.allowlist;

import java.util.List;

/**
 * Result of parsing a mapping of roles.
 *
 * <p>Immutable and thread-safe.
 *
 * @param assignments the assignments in their order; empty if there are problems, since a mapping is used completely or not at all
 * @param problems malformed assignments, each with its number or line and what is expected
 */
public record ParsedRoles(List<RoleAssignment> assignments, List<String> problems) {
    public ParsedRoles {
        problems = List.copyOf(problems);
        assignments = problems.isEmpty() ? List.copyOf(assignments) : List.of();
    }
}
