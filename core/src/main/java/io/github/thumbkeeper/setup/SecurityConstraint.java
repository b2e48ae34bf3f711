/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.setup;

import io.github.thumbkeeper.message.SafeText;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Paths of an application that the container lets only users with a role reach (servlet specification section 13.8).
 *
 * <p>Immutable and thread-safe.
 *
 * @param patterns the URL patterns
 * @param roles the roles of which a user must have one; {@code *} and {@code **} mean any role and any user
 */
public record SecurityConstraint(List<String> patterns, List<String> roles) {

    private static final int MOST_NAMED = 10;

    public SecurityConstraint {
        patterns = List.copyOf(patterns);
        roles = List.copyOf(roles);
    }

    /**
     * Returns a warning that names the constraints of an application without a login, which no filter can satisfy; empty if there
     * is none. A constraint without roles denies everyone on purpose.
     */
    public static Optional<String> unsatisfiable(List<SecurityConstraint> constraints) {
        List<SecurityConstraint> all = constraints.stream()
                .filter(constraint -> !constraint.roles().isEmpty())
                .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        String named =
                all.stream().limit(MOST_NAMED).map(SecurityConstraint::text).collect(Collectors.joining(", "));
        return Optional.of("TK-420 <auth-constraint> " + named
                + (all.size() > MOST_NAMED ? " and " + (all.size() - MOST_NAMED) + " more" : "")
                + ": the container checks it before this filter and has no <login-config>, so it refuses every request;"
                + " expected ClientCertificateValve instead of this filter, on Tomcat, or request.isUserInRole in the"
                + " application (in Jakarta REST @RolesAllowed), without <auth-constraint>");
    }

    private String text() {
        return "on " + SafeText.quoted(String.join(", ", patterns)) + " for the roles "
                + SafeText.quoted(String.join(", ", roles));
    }
}
