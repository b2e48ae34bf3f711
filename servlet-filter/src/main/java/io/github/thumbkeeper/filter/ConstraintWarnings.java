/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.setup.SecurityConstraint;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.annotation.HttpMethodConstraint;
import jakarta.servlet.annotation.ServletSecurity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Warns of constraints of an application that its container never finds satisfied.
 *
 * <p>A container checks {@code <auth-constraint>} before it calls a filter, so the roles that a filter gives come too late. Without a
 * login of the container's own, the constraint refuses every request. A constraint without roles denies everyone on purpose.
 */
final class ConstraintWarnings {

    private ConstraintWarnings() {}

    /** Returns a warning that names each constraint in web.xml and in annotations of servlets; empty if there is none. */
    static List<String> of(DeploymentDescriptor application, ServletContext context) {
        if (application.login()) {
            return List.of();
        }
        List<SecurityConstraint> all = new ArrayList<>(application.constraints());
        if (!application.metadataComplete()) {
            all.addAll(annotated(context));
        }
        return SecurityConstraint.unsatisfiable(all).stream().toList();
    }

    /** Returns the constraints that classes of servlets declare; those that code has set are not available. */
    private static List<SecurityConstraint> annotated(ServletContext context) {
        List<SecurityConstraint> all = new ArrayList<>();
        for (ServletRegistration servlet : registrations(context)) {
            ServletSecurity annotation = annotation(servlet.getClassName(), context);
            Collection<String> patterns = servlet.getMappings();
            if (annotation != null && patterns != null && !patterns.isEmpty()) {
                all.add(new SecurityConstraint(List.copyOf(patterns), roles(annotation)));
            }
        }
        return all;
    }

    private static Collection<? extends ServletRegistration> registrations(ServletContext context) {
        try {
            Map<String, ? extends ServletRegistration> all = context.getServletRegistrations();
            return all == null ? List.of() : all.values();
        } catch (UnsupportedOperationException e) {
            // A context that a container restricts (servlet specification section 4.4).
            return List.of();
        }
    }

    private static @Nullable ServletSecurity annotation(@Nullable String className, ServletContext context) {
        try {
            return className == null
                    ? null
                    : Class.forName(className, false, context.getClassLoader()).getAnnotation(ServletSecurity.class);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            // The container reports a class that cannot be loaded.
            return null;
        }
    }

    private static List<String> roles(ServletSecurity annotation) {
        Set<String> roles = new LinkedHashSet<>(List.of(annotation.value().rolesAllowed()));
        for (HttpMethodConstraint method : annotation.httpMethodConstraints()) {
            roles.addAll(List.of(method.rolesAllowed()));
        }
        return List.copyOf(roles);
    }
}
