/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.verdict.Identity;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** A request whose certificate speaks for somebody. */
final class AdmittedRequest extends GuardedRequest {

    private final Identity identity;
    private final ClientCertificatePrincipal principal;

    AdmittedRequest(HttpServletRequest request, ServletResponse response, String name, Identity identity) {
        super(request, response);
        this.identity = identity;
        this.principal = new ClientCertificatePrincipal(name);
    }

    /** The certificate comes back if an earlier dispatch, which passed without admission, had it hidden. */
    @Override
    public @Nullable Object getAttribute(String name) {
        return RequestAttributes.CLIENT_CERTIFICATES.equals(name)
                ? beneathOurs(this).getAttribute(name)
                : super.getAttribute(name);
    }

    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    @Override
    public String getRemoteUser() {
        return principal.getName();
    }

    @Override
    public boolean isUserInRole(String role) {
        return identity.roles().contains(role);
    }

    @Override
    public String getAuthType() {
        return CLIENT_CERT_AUTH;
    }
}
