/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.source.HeaderNames;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that passed without admission; its certificate is hidden, except in annotate mode. Not thread-safe. */
class UnadmittedRequest extends GuardedRequest {

    private final @Nullable Object certificates;

    /**
     * Makes the application's view of the request.
     *
     * @param hidden the header fields it does not see
     * @param gate the name of the gate
     * @param forwarded the certificates that later gates check instead of the connection's, or null
     * @param certificates the certificate chain to show, or null
     */
    UnadmittedRequest(
            HttpServletRequest request,
            ServletResponse response,
            HeaderNames hidden,
            String gate,
            X509Certificate @Nullable [] forwarded,
            @Nullable Object certificates) {
        super(request, response, hidden, gate, forwarded);
        this.certificates = certificates;
    }

    @Override
    public final @Nullable Object getAttribute(String name) {
        return RequestAttributes.CLIENT_CERTIFICATES.equals(name) ? certificates : super.getAttribute(name);
    }

    @Override
    public final Enumeration<String> getAttributeNames() {
        List<String> names = Collections.list(super.getAttributeNames());
        names.remove(RequestAttributes.CLIENT_CERTIFICATES);
        if (certificates != null) {
            names.add(RequestAttributes.CLIENT_CERTIFICATES);
        }
        return Collections.enumeration(names);
    }
}
