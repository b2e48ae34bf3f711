/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.servlet.ServletExchange;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.catalina.connector.Request;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ajp.AbstractAjpProtocol;
import org.jspecify.annotations.Nullable;

/** A request as Tomcat's connector knows it. Used by the request's own thread only. */
final class TomcatExchange extends ServletExchange {

    private static final String CONNECTION = TomcatExchange.class.getName() + ".connection";

    private final Request request;
    private final boolean withinContext;

    /** What the connector said before something else was shown: asked again it would put back what has been hidden. */
    private record Connection(@Nullable Object certificates) {}

    /**
     * Makes the view of a request.
     *
     * @param withinContext whether paths are relative to the application
     */
    TomcatExchange(Request request, boolean withinContext) {
        super(request);
        this.request = request;
        this.withinContext = withinContext;
    }

    /**
     * Asks the connector. Tomcat's own attribute map would answer with whatever an earlier valve put there, such as the
     * header that SSLValve believes of anybody.
     */
    @Override
    public @Nullable Object clientCertificates() {
        if (TomcatSurroundings.isUnprovenAjp(request.getConnector())) {
            return null;
        }
        if (request.getNote(CONNECTION) instanceof Connection known) {
            return known.certificates();
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
                : clientCertificates();
    }

    @Override
    public void showCertificates(X509Certificate[] chain) {
        request.setNote(CONNECTION, new Connection(clientCertificates()));
        Unadmitted.hideCertificate(request);
        if (chain.length > 0) {
            request.setAttribute(RequestAttributes.CLIENT_CERTIFICATES, chain);
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
