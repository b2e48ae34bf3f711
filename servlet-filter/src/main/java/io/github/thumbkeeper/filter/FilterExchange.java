/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.servlet.ServletExchange;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** View of a request as a filter sees it, in any dispatch. Not thread-safe: only the request's own thread uses it. */
final class FilterExchange extends ServletExchange {

    private static final String EXEMPTED = FilterExchange.class.getName() + ".exempted";

    /** Set by RemoteIpValve and RemoteIpFilter of Tomcat after they have rewritten the remote address. */
    private static final String REWRITTEN = "org.apache.catalina.AccessLog.RemoteAddr";

    /** The TLS session, set by Tomcat's connectors with TLS. */
    private static final String TLS_SESSION = "jakarta.servlet.request.ssl_session_mgr";

    private final HttpServletRequest request;
    private final X509Certificate @Nullable [] before;
    private X509Certificate @Nullable [] forwarded;
    private boolean claim;

    /**
     * Makes the view of a request. A later dispatch finds certificate and header fields hidden by our own wrapper.
     *
     * @param gate the unique name of the gate
     */
    FilterExchange(HttpServletRequest request, String gate) {
        this(request, GuardedRequest.forwardedBefore(request, gate));
    }

    private FilterExchange(HttpServletRequest request, X509Certificate @Nullable [] before) {
        super(request, GuardedRequest.beneathOurs(request), before);
        this.request = request;
        this.before = before;
        this.forwarded = before;
    }

    /** Finds another filter by its wrapper, and a valve by an attribute. */
    @Override
    public boolean isForwarded() {
        return before != null || super.isForwarded();
    }

    @Override
    protected @Nullable Object readConnection() {
        return GuardedRequest.beneathOurs(request).getAttribute(RequestAttributes.CLIENT_CERTIFICATES);
    }

    /**
     * Returns null if the attribute cannot be the connection's own certificate. A filter cannot recognize an attribute that other
     * code has set, except by our own valve. In Tomcat it can at least exclude AJP, which sets attributes only to strings and so
     * has no TLS session object.
     */
    @Override
    public @Nullable Object tlsCertificates() {
        ServletRequest connection = innermost();
        boolean ofTomcat = connection.getClass().getName().startsWith("org.apache.catalina.");
        Object session = ofTomcat ? connection.getAttribute(TLS_SESSION) : null;
        boolean claimed = ofTomcat && (session == null || session instanceof String);
        return claimed || super.isForwarded() ? null : connectionCertificates();
    }

    @Override
    public void showCertificates(X509Certificate[] chain) {
        forwarded = chain;
    }

    @Override
    public void showClaim() {
        claim = true;
    }

    /** Sets the attribute of a claim. Call it only for a request that passes, because it notifies listeners of the application. */
    void passClaim() {
        if (claim) {
            request.setAttribute(RequestAttributes.CLAIMED, true);
        }
    }

    /** Restores the certificates of an earlier dispatch of the same request. */
    void showCertificatesAgain(X509Certificate @Nullable [] chain) {
        forwarded = chain;
    }

    /** Returns the certificate chain to show to the application in annotate mode, or null. */
    @Nullable
    Object shown() {
        if (forwarded == null) {
            return clientCertificates();
        }
        return forwarded.length == 0 ? null : forwarded.clone();
    }

    /** Returns the client's certificate chain if it is not that of the connection, or null. */
    X509Certificate @Nullable [] forwarded() {
        return forwarded;
    }

    /** Reads the container's own request, because a wrapper may return any address. Jetty puts IPv6 addresses into brackets. */
    @Override
    public @Nullable String peerAddress() {
        String address = request.getAttribute(REWRITTEN) == null ? innermost().getRemoteAddr() : null;
        return address != null && address.startsWith("[") && address.endsWith("]")
                ? address.substring(1, address.length() - 1)
                : address;
    }

    /** Returns the address of the container's own request, which is that of the peer unless a valve has rewritten it. */
    @Override
    public String peer() {
        return String.valueOf(innermost().getRemoteAddr());
    }

    private ServletRequest innermost() {
        ServletRequest innermost = request;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        return innermost;
    }

    @Override
    public String rawPath() {
        return isInclude() ? included(RequestDispatcher.INCLUDE_REQUEST_URI) : super.rawPath();
    }

    @Override
    public String contextPath() {
        return isInclude() ? included(RequestDispatcher.INCLUDE_CONTEXT_PATH) : super.contextPath();
    }

    /** Remembers that the path now being served was exempt. */
    void rememberExempt() {
        Set<String> all = new HashSet<>(exempted());
        all.add(rawPath());
        request.setAttribute(EXEMPTED, Set.copyOf(all));
    }

    /** Returns null in a dispatch by name, whose paths are still those of the request before. */
    @Override
    public @Nullable String path() {
        // A path that is seen again may be that of the dispatch before one by name.
        DispatcherType dispatch = request.getDispatcherType();
        boolean sentOn = dispatch == DispatcherType.FORWARD || dispatch == DispatcherType.INCLUDE;
        if (sentOn && exempted().contains(rawPath())) {
            return null;
        }
        if (isInclude()) {
            return isNamed(RequestDispatcher.INCLUDE_REQUEST_URI)
                    ? null
                    : included(RequestDispatcher.INCLUDE_SERVLET_PATH) + included(RequestDispatcher.INCLUDE_PATH_INFO);
        }
        boolean namedForward =
                request.getDispatcherType() == DispatcherType.FORWARD && isNamed(RequestDispatcher.FORWARD_REQUEST_URI);
        return namedForward ? null : super.path();
    }

    @SuppressWarnings("unchecked") // only this class sets the attribute
    private Set<String> exempted() {
        Object all = request.getAttribute(EXEMPTED);
        return all instanceof Set ? (Set<String>) all : Set.of();
    }

    private boolean isInclude() {
        return request.getDispatcherType() == DispatcherType.INCLUDE;
    }

    private boolean isNamed(String pathAttribute) {
        return request.getAttribute(pathAttribute) == null;
    }

    private String included(String attribute) {
        Object value = request.getAttribute(attribute);
        return value == null ? "" : value.toString();
    }
}
