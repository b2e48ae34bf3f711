/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.verdict.Identity;
import java.util.List;
import org.apache.catalina.realm.GenericPrincipal;
import org.jspecify.annotations.Nullable;

/**
 * The principal of an admitted request; the application gets it from {@code HttpServletRequest.getUserPrincipal()}. Its name is
 * chosen by the setting {@code principal}, and it has the roles of the entry and of the setting {@code roles}.
 *
 * <p>It is valid only for the request that presented the certificate. Its own class lets the valve find it and remove it from
 * sessions, where Tomcat's authenticators store principals.
 *
 * <p>Immutable and thread-safe.
 */
final class ClientCertificatePrincipal extends GenericPrincipal {

    private static final long serialVersionUID = 1L;

    ClientCertificatePrincipal(String name, Identity identity) {
        super(name, List.copyOf(identity.roles()));
    }

    /** Keeps the principal out of stored and replicated sessions. */
    private @Nullable Object writeReplace() {
        return null;
    }
}
