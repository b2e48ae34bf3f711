/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.source.HeaderNames;
import io.github.thumbkeeper.verdict.Identity;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An admitted request as the application sees it, with our principal until the application logs the user out. Not thread-safe. */
final class AdmittedRequest extends GuardedRequest {

    private final Identity identity;
    private final @Nullable ClientCertificatePrincipal principal;
    private final X509Certificate @Nullable [] forwarded;
    private final AtomicBoolean loggedOut;

    /**
     * Makes the application's view of the request.
     *
     * @param hidden the header fields it does not see
     * @param gate the name of the gate
     * @param forwarded the certificates to show instead of those of the connection, or null
     * @param loggedOut whether the application has logged the user out; all views of one request share it
     * @param keep whether the existing principal stays
     */
    AdmittedRequest(
            HttpServletRequest request,
            ServletResponse response,
            HeaderNames hidden,
            String gate,
            Identity identity,
            X509Certificate @Nullable [] forwarded,
            AtomicBoolean loggedOut,
            boolean keep) {
        super(request, response, hidden, gate, forwarded);
        this.identity = identity;
        this.forwarded = forwarded;
        this.loggedOut = loggedOut;
        this.principal = keep || identity.name() == null ? null : new ClientCertificatePrincipal(identity.name());
    }

    /** The certificate comes back if an earlier dispatch, which passed without admission, had it hidden. */
    @Override
    public @Nullable Object getAttribute(String name) {
        if (!RequestAttributes.CLIENT_CERTIFICATES.equals(name)) {
            return super.getAttribute(name);
        }
        if (forwarded == null) {
            return beneathOurs(this).getAttribute(name);
        }
        return forwarded.length == 0 ? null : forwarded.clone();
    }

    @Override
    public Enumeration<String> getAttributeNames() {
        Set<String> names = new LinkedHashSet<>(Collections.list(super.getAttributeNames()));
        if (forwarded != null && forwarded.length > 0) {
            names.add(RequestAttributes.CLIENT_CERTIFICATES);
        } else if (forwarded != null) {
            names.remove(RequestAttributes.CLIENT_CERTIFICATES);
        }
        return Collections.enumeration(names);
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        ClientCertificatePrincipal own = principal();
        return own == null ? super.getUserPrincipal() : own;
    }

    @Override
    public @Nullable String getRemoteUser() {
        ClientCertificatePrincipal own = principal();
        return own == null ? super.getRemoteUser() : own.getName();
    }

    /** {@code *} is not a role, and {@code **} is every authenticated user (servlet specification section 13.3). */
    @Override
    public boolean isUserInRole(String role) {
        if (principal() == null) {
            return super.isUserInRole(role);
        }
        return "**".equals(role) || (!"*".equals(role) && identity.roles().contains(role));
    }

    @Override
    public @Nullable String getAuthType() {
        return principal() == null ? super.getAuthType() : CLIENT_CERT_AUTH;
    }

    @Override
    public boolean authenticate(HttpServletResponse response) throws IOException, ServletException {
        return principal() != null || super.authenticate(response);
    }

    /** Refuses a second login, as the container would: it does not know our user. */
    @Override
    public void login(String username, String password) throws ServletException {
        if (getAuthType() != null || getRemoteUser() != null || getUserPrincipal() != null) {
            throw new ServletException("login: the request has an authenticated user already; call logout first");
        }
        super.login(username, password);
    }

    /** Removes our principal, in later dispatches of this request too. */
    @Override
    public void logout() throws ServletException {
        loggedOut.set(true);
        super.logout();
    }

    private @Nullable ClientCertificatePrincipal principal() {
        return loggedOut.get() ? null : principal;
    }
}
