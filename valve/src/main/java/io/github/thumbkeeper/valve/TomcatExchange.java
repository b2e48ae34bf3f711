/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.servlet.ServletExchange;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ajp.AbstractAjpProtocol;
import org.jspecify.annotations.Nullable;

/** View of a request as Tomcat's connector received it. Not thread-safe: only the request's own thread uses it. */
final class TomcatExchange extends ServletExchange {

    private static final String CONNECTION = TomcatExchange.class.getName() + ".connection";

    private final Request request;
    private final boolean withinContext;
    private final String gate;
    private final X509Certificate @Nullable [] before;
    private X509Certificate @Nullable [] forwarded;
    /** The answer of the connector in this decision; null if it was not asked. */
    private @Nullable Optional<Object> connection;

    /**
     * Makes the view of a request.
     *
     * @param withinContext whether paths are relative to the application
     * @param gate the unique name of the gate
     */
    TomcatExchange(Request request, boolean withinContext, String gate) {
        this(request, withinContext, gate, ForwardedCertificates.before(request, gate));
    }

    private TomcatExchange(Request request, boolean withinContext, String gate, X509Certificate @Nullable [] before) {
        super(request, request, before);
        this.request = request;
        this.withinContext = withinContext;
        this.gate = gate;
        this.before = before;
        this.forwarded = before;
    }

    @Override
    public boolean isForwarded() {
        return before != null;
    }

    /**
     * Reads the certificates from the connector. Tomcat's own attribute map contains whatever an earlier valve put there, such as
     * the unverified header that SSLValve reads.
     */
    @Override
    protected @Nullable Object connectionCertificates() {
        if (TomcatEnvironment.isUnprovenAjp(request.getConnector())) {
            return null;
        }
        if (request.getNote(CONNECTION) instanceof Optional<?> known) {
            return known.orElse(null);
        }
        if (connection == null) {
            connection = Optional.ofNullable(ofConnector());
        }
        return connection.orElse(null);
    }

    /**
     * Asks the connector, which then sets all TLS attributes. There is no cheaper public way: {@link
     * ActionCode#REQ_SSL_CERTIFICATE} reads the body of the request and may renegotiate, and Tomcat's {@code SSLSupport}, which
     * returns the certificate alone, is reachable only through an attribute that this call sets.
     */
    private @Nullable Object ofConnector() {
        org.apache.coyote.Request connector = request.getCoyoteRequest();
        connector.action(ActionCode.REQ_SSL_ATTRIBUTE, connector);
        return connector.getAttribute(RequestAttributes.CLIENT_CERTIFICATES);
    }

    /** Returns null for AJP, whose peer only claims the certificate of its own client. */
    @Override
    public @Nullable Object tlsCertificates() {
        return request.getConnector().getProtocolHandler() instanceof AbstractAjpProtocol<?>
                ? null
                : connectionCertificates();
    }

    /** Keeps them for the next gates; {@link #showForwarded} shows them to the application. */
    @Override
    public void showCertificates(X509Certificate[] chain) {
        // Reading the connector again would restore the certificate that has been hidden.
        request.setNote(CONNECTION, Optional.ofNullable(connectionCertificates()));
        ForwardedCertificates.put(request, gate, chain);
        forwarded = chain;
        request.getCoyoteRequest().setAttribute(RequestAttributes.FORWARDED, true);
    }

    /** Sets the attribute on the connector's request, so that no listener of the application is notified before the decision. */
    @Override
    public void showClaim() {
        request.getCoyoteRequest().setAttribute(RequestAttributes.CLAIMED, true);
    }

    /**
     * Replaces the proxy's own certificate by the forwarded one in the attribute that applications read. Call it only for a
     * request that passes, because listeners of the application are notified.
     */
    void showForwarded() {
        if (forwarded == null) {
            return;
        }
        IdentityRemoval.hideCertificate(request);
        if (forwarded.length > 0) {
            request.setAttribute(RequestAttributes.CLIENT_CERTIFICATES, forwarded.clone());
        }
    }

    @Override
    public List<String> headers(String name) {
        List<String> before = RemovedHeaders.of(request).get(name);
        return before == null ? super.headers(name) : before;
    }

    @Override
    public Collection<String> headerNames() {
        List<String> all = new ArrayList<>(super.headerNames());
        all.addAll(RemovedHeaders.of(request).keySet());
        return all;
    }

    @Override
    public String contextPath() {
        return withinContext ? super.contextPath() : "";
    }

    @Override
    public @Nullable String path() {
        if (request.getContext() == null) {
            return null;
        }
        return withinContext ? super.path() : super.contextPath() + super.path();
    }

    @Override
    public String peer() {
        return String.valueOf(request.getPeerAddr());
    }

    /**
     * Returns the peer of the socket, not the remote address, which RemoteIpValve and AJP rewrite. Returns null for a Unix domain
     * socket, for which Tomcat reports the loopback address.
     */
    @Override
    public @Nullable String peerAddress() {
        return request.getConnector().getProperty("unixDomainSocketPath") == null ? request.getPeerAddr() : null;
    }
}
