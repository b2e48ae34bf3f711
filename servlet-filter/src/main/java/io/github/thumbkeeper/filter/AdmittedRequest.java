/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.source.HeaderNames;
import io.github.thumbkeeper.verdict.Identity;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request whose certificate speaks for somebody. */
final class AdmittedRequest extends GuardedRequest {

    private final Identity identity;
    private final @Nullable ClientCertificatePrincipal principal;
    private final X509Certificate @Nullable [] forwarded;

    /**
     * Makes the application's view of the request.
     *
     * @param hidden the header fields it does not see
     * @param forwarded the certificates that it sees in the place of those of the connection, or null
     * @param keep whether the principal that is there already stays
     */
    AdmittedRequest(
            HttpServletRequest request,
            ServletResponse response,
            HeaderNames hidden,
            Identity identity,
            X509Certificate @Nullable [] forwarded,
            boolean keep) {
        super(request, response, hidden);
        this.identity = identity;
        this.forwarded = forwarded;
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
        return principal == null ? super.getUserPrincipal() : principal;
    }

    @Override
    public @Nullable String getRemoteUser() {
        return principal == null ? super.getRemoteUser() : principal.getName();
    }

    /** {@code *} is no role, and {@code **} is everybody who is authenticated (servlet specification section 13.3). */
    @Override
    public boolean isUserInRole(String role) {
        if (principal == null) {
            return super.isUserInRole(role);
        }
        return "**".equals(role) || (!"*".equals(role) && identity.roles().contains(role));
    }

    @Override
    public @Nullable String getAuthType() {
        return principal == null ? super.getAuthType() : CLIENT_CERT_AUTH;
    }
}
