/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import org.apache.catalina.Context;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.descriptor.web.SecurityCollection;
import org.apache.tomcat.util.descriptor.web.SecurityConstraint;

/** Adds security constraints, and the authenticator that Tomcat adds for them if there is no login. */
final class Constraints {

    private Constraints() {}

    /** Adds a constraint for other paths, and with it the authenticator that keeps principals in sessions. */
    static void requireNothing(Context context) {
        require(context, "/constrained/*", "orders");
    }

    /** Requires a role for the paths of a pattern, without a login: only a gate can give the role. */
    static void require(Context context, String pattern, String role) {
        add(context, pattern, role);
        context.setLoginConfig(new LoginConfig("NONE", null, null, null));
        context.getPipeline().addValve(new NonLoginAuthenticator());
    }

    /** Requires a role for the paths of a pattern, and leaves the login to the caller. */
    static void add(Context context, String pattern, String role) {
        SecurityCollection collection = new SecurityCollection();
        collection.addPattern(pattern);
        SecurityConstraint constraint = new SecurityConstraint();
        constraint.addCollection(collection);
        constraint.addAuthRole(role);
        context.addConstraint(constraint);
        context.addSecurityRole(role);
    }
}
