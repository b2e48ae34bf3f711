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
 * Takes from a request what only admission gives. Tomcat's default authenticator keeps the principal of an admitted request
 * in the session, and would hand it to a later request that has nothing but the session's cookie.
 */
final class Unadmitted {

    private Unadmitted() {}

    /** Makes the request nobody's before it passes without admission. */
    static void strip(Request request, boolean hideCertificate) {
        stopCaching(request.getContext());
        removePrincipal(request);
        cleanSession(request);
        if (hideCertificate) {
            hideCertificate(request);
        }
    }

    /** Takes the principal of a gate, this one or one before, from the request. */
    static void removePrincipal(Request request) {
        if (request.getPrincipal() instanceof ClientCertificatePrincipal) {
            request.setUserPrincipal(null);
            request.setAuthType(null);
        }
    }

    /** Takes a principal of ours out of the session, if there is one; creates none. */
    static void cleanSession(Request request) {
        Session session = request.getSessionInternal(false);
        if (session != null && session.getPrincipal() instanceof ClientCertificatePrincipal) {
            session.setPrincipal(null);
            session.setAuthType(null);
        }
    }

    /**
     * Another request of the same session may be admitted right now and have its principal stored between our look at the
     * session and the authenticator's: so the authenticator must not look.
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
     * the application runs, and must not: its listeners are told of an attribute that is removed.
     */
    static void hideFromErrorPage(Request request, int status) {
        Context context = request.getContext();
        if (context != null && (context.findErrorPage(status) != null || context.findErrorPage(0) != null)) {
            hideCertificate(request);
        }
    }

    /**
     * Tomcat takes the TLS attributes from the connector once in a request, when one of them is first missed: so it has to
     * be missed, and taken, before it is removed for good.
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
