/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.source.HeaderNames;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/** A refused request as its error page sees it: without a certificate, and without the user of an earlier gate. Not thread-safe. */
final class RefusedRequest extends UnadmittedRequest {

    /**
     * Makes the error page's view of the request.
     *
     * @param hidden the header fields it does not see
     * @param gate the name of the gate
     * @param forwarded the certificates that later gates check instead of the connection's, or null
     */
    RefusedRequest(
            HttpServletRequest request,
            ServletResponse response,
            HeaderNames hidden,
            String gate,
            X509Certificate @Nullable [] forwarded) {
        super(request, response, hidden, gate, forwarded, null);
    }

    @Override
    public @Nullable Principal getUserPrincipal() {
        return null;
    }

    @Override
    public @Nullable String getRemoteUser() {
        return null;
    }

    @Override
    public boolean isUserInRole(String role) {
        return false;
    }

    @Override
    public @Nullable String getAuthType() {
        return null;
    }
}
