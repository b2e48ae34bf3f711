/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import java.security.Principal;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.Valve;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.authenticator.SSLAuthenticator;
import org.apache.catalina.realm.GenericPrincipal;
import org.apache.catalina.realm.RealmBase;
import org.apache.tomcat.util.descriptor.web.LoginConfig;

/** Tomcat's login by the subject of the client certificate, which believes every subject. */
final class SubjectLogin {

    private SubjectLogin() {}

    /** Adds the login for the paths of a pattern, in place of the authenticator that Tomcat adds without a login. */
    static void require(Context context, String pattern) {
        Constraints.add(context, pattern, "admin");
        addAuthenticator(context);
        context.setRealm(new EverySubject());
    }

    /** Adds the login to an application in which no path asks for it. */
    static void addAuthenticator(Context context) {
        for (Valve valve : context.getPipeline().getValves()) {
            if (valve instanceof NonLoginAuthenticator) {
                context.getPipeline().removeValve(valve);
            }
        }
        context.setLoginConfig(new LoginConfig("CLIENT-CERT", null, null, null));
        context.getPipeline().addValve(new SSLAuthenticator());
    }

    /** Knows every subject as a user, and as an administrator. */
    private static final class EverySubject extends RealmBase {
        @Override
        protected String getPassword(String username) {
            return null;
        }

        @Override
        protected Principal getPrincipal(String username) {
            return new GenericPrincipal(username, List.of("admin"));
        }
    }
}
