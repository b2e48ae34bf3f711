/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.servlet.RequestAttributes;
import org.apache.catalina.Context;
import org.apache.catalina.Session;
import org.apache.catalina.Valve;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/**
 * Removes principal and certificate from a request that is not admitted. Tomcat's default authenticator stores the principal
 * of an admitted request in the session, and would restore it for a later request with only the session's cookie.
 */
final class IdentityRemoval {

    private IdentityRemoval() {}

    /** Removes every trace of an identity before a request passes without admission. */
    static void strip(Request request, boolean hideCertificate) {
        stopCaching(request.getContext());
        removePrincipal(request);
        cleanSession(request);
        if (hideCertificate) {
            hideCertificate(request);
        }
    }

    /** Removes the principal of this gate, or of one before it, from the request. */
    static void removePrincipal(Request request) {
        if (request.getPrincipal() instanceof ClientCertificatePrincipal) {
            request.setUserPrincipal(null);
            request.setAuthType(null);
        }
    }

    /** Removes a principal of ours from an existing session; never creates a session. */
    static void cleanSession(Request request) {
        Session session = request.getSessionInternal(false);
        if (session != null && session.getPrincipal() instanceof ClientCertificatePrincipal) {
            session.setPrincipal(null);
            session.setAuthType(null);
        }
    }

    /**
     * Stops the authenticator from using the session. Another thread may admit a request of the same session, and store its
     * principal after {@link #cleanSession} and before the authenticator reads the session.
     */
    private static void stopCaching(@Nullable Context context) {
        if (context == null) {
            return;
        }
        for (Valve valve : context.getPipeline().getValves()) {
            if (valve instanceof NonLoginAuthenticator authenticator && authenticator.getCache()) {
                authenticator.setCache(false);
            }
        }
    }

    /**
     * Hides the certificate from the page that the application has for errors of this status. Without such a page no code of
     * the application runs, and must not: its listeners are notified when an attribute is removed.
     */
    static void hideFromErrorPage(Request request, int status) {
        Context context = request.getContext();
        if (context != null && (context.findErrorPage(status) != null || context.findErrorPage(0) != null)) {
            hideCertificate(request);
        }
    }

    /**
     * Hides the certificate. Tomcat copies the TLS attributes from the connector once in a request, when one of them is first
     * requested and missing; so this method triggers the copy and removes the result.
     */
    static void hideCertificate(Request request) {
        org.apache.coyote.Request connection = request.getCoyoteRequest();
        request.removeAttribute(RequestAttributes.CLIENT_CERTIFICATES);
        connection.getAttributes().remove(RequestAttributes.CLIENT_CERTIFICATES);
        if (request.getAttribute(RequestAttributes.CLIENT_CERTIFICATES) != null) {
            request.removeAttribute(RequestAttributes.CLIENT_CERTIFICATES);
            connection.getAttributes().remove(RequestAttributes.CLIENT_CERTIFICATES);
        }
    }
}
