/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.servlet;

import io.github.thumbkeeper.source.Exchange;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** View of a request in any servlet container. Not thread-safe: only the request's own thread uses it. */
public abstract class ServletExchange implements Exchange {

    private final HttpServletRequest request;
    private final HttpServletRequest asSent;
    private final X509Certificate @Nullable [] before;

    /** Kept because the gate may ask twice, and a container may compute all attributes of the connection each time. */
    private @Nullable Object ofConnection;

    private boolean connectionRead;

    /**
     * Makes the view of a request.
     *
     * @param asSent the same request, with the header fields that later filters do not see
     * @param before the chain that an outer gate took from a header, empty for a hash; null if there was none
     */
    protected ServletExchange(
            HttpServletRequest request, HttpServletRequest asSent, X509Certificate @Nullable [] before) {
        this.request = request;
        this.asSent = asSent;
        this.before = before;
    }

    /** Returns the certificates that the outer gate checked, otherwise those of the connection: nested gates check one client. */
    @Override
    public final @Nullable Object clientCertificates() {
        if (before != null) {
            return before.length == 0 ? null : before;
        }
        if (!connectionRead) {
            ofConnection = connectionCertificates();
            connectionRead = true;
        }
        return ofConnection;
    }

    /** Returns the certificates of the connection, as {@link #clientCertificates} does. */
    protected abstract @Nullable Object connectionCertificates();

    @Override
    public String method() {
        return String.valueOf(request.getMethod());
    }

    @Override
    public List<String> headers(String name) {
        Enumeration<String> values = asSent.getHeaders(name);
        return values == null ? List.of() : Collections.list(values);
    }

    @Override
    public Collection<String> headerNames() {
        Enumeration<String> names = asSent.getHeaderNames();
        return names == null ? List.of() : Collections.list(names);
    }

    @Override
    public String rawPath() {
        return String.valueOf(request.getRequestURI());
    }

    @Override
    public String contextPath() {
        return String.valueOf(request.getContextPath());
    }

    @Override
    public @Nullable String path() {
        String servletPath = request.getServletPath();
        String pathInfo = request.getPathInfo();
        return pathInfo == null ? servletPath : servletPath + pathInfo;
    }

    /** Returns null, so that no proxy is trusted; a front end that knows it overrides this. */
    @Override
    public @Nullable Object tlsCertificates() {
        return null;
    }

    @Override
    public boolean isForwarded() {
        return Boolean.TRUE.equals(request.getAttribute(RequestAttributes.FORWARDED));
    }

    @Override
    public boolean isClaimed() {
        return Boolean.TRUE.equals(request.getAttribute(RequestAttributes.CLAIMED));
    }

    /** Does nothing; a front end overrides this. */
    @Override
    public void showClaim() {}

    /** Does nothing; a front end overrides this. */
    @Override
    public void showCertificates(X509Certificate[] chain) {}

    /** Returns null, so that no proxy is trusted; a front end that knows it overrides this. */
    @Override
    public @Nullable String peerAddress() {
        return null;
    }

    @Override
    public String peer() {
        return String.valueOf(request.getRemoteAddr());
    }

    @Override
    public String remoteAddress() {
        return String.valueOf(request.getRemoteAddr());
    }
}
