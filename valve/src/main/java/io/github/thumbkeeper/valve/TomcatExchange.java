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

/** A request as Tomcat's connector knows it. Used by the request's own thread only. */
final class TomcatExchange extends ServletExchange {

    private static final String CONNECTION = TomcatExchange.class.getName() + ".connection";

    private final Request request;
    private final boolean withinContext;
    private final String gate;
    private final X509Certificate @Nullable [] before;
    private X509Certificate @Nullable [] forwarded;

    /**
     * Makes the view of a request.
     *
     * @param withinContext whether paths are relative to the application
     * @param gate the name of the gate, which no other gate has
     */
    TomcatExchange(Request request, boolean withinContext, String gate) {
        super(request);
        this.request = request;
        this.withinContext = withinContext;
        this.gate = gate;
        this.before = ForwardedCertificates.before(request, gate);
        this.forwarded = before;
    }

    @Override
    public @Nullable Object clientCertificates() {
        if (before == null) {
            return connectionCertificates();
        }
        return before.length == 0 ? null : before;
    }

    @Override
    public boolean isForwarded() {
        return before != null;
    }

    /**
     * Asks the connector. Tomcat's own attribute map would answer with whatever an earlier valve put there, such as the
     * header that SSLValve believes of anybody.
     */
    private @Nullable Object connectionCertificates() {
        if (TomcatSurroundings.isUnprovenAjp(request.getConnector())) {
            return null;
        }
        if (request.getNote(CONNECTION) instanceof Optional<?> known) {
            return known.orElse(null);
        }
        org.apache.coyote.Request connection = request.getCoyoteRequest();
        connection.action(ActionCode.REQ_SSL_ATTRIBUTE, connection);
        return connection.getAttribute(RequestAttributes.CLIENT_CERTIFICATES);
    }

    /** What AJP says of a certificate is its peer's claim about somebody else. */
    @Override
    public @Nullable Object tlsCertificates() {
        return request.getConnector().getProtocolHandler() instanceof AbstractAjpProtocol<?>
                ? null
                : connectionCertificates();
    }

    /** Keeps them for the next gates; {@link #showForwarded} shows them to the application. */
    @Override
    public void showCertificates(X509Certificate[] chain) {
        // The connector is not asked again: it would put back what has been hidden.
        request.setNote(CONNECTION, Optional.ofNullable(connectionCertificates()));
        ForwardedCertificates.put(request, gate, chain);
        forwarded = chain;
        request.getCoyoteRequest().setAttribute(RequestAttributes.FORWARDED, true);
    }

    /** Set on the connector's request, so that no listener of the application is told before the decision. */
    @Override
    public void showClaim() {
        request.getCoyoteRequest().setAttribute(RequestAttributes.CLAIMED, true);
    }

    /**
     * Puts what a proxy forwards in the place of the proxy's own certificate, where the application and its filters look.
     * Only for a request that passes, since listeners of the application are told of it.
     */
    void showForwarded() {
        if (forwarded == null) {
            return;
        }
        Unadmitted.hideCertificate(request);
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
     * Not the remote address: RemoteIpValve rewrites that to whatever a header says, AJP to what its peer says. For the peer of
     * a Unix domain socket Tomcat names the loopback address, which it does not have.
     */
    @Override
    public @Nullable String peerAddress() {
        return request.getConnector().getProperty("unixDomainSocketPath") == null ? request.getPeerAddr() : null;
    }
}
