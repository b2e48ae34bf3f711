/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.Server;
import org.apache.catalina.Service;
import org.apache.catalina.Valve;
import org.apache.catalina.authenticator.SSLAuthenticator;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.SSLValve;
import org.apache.coyote.ajp.AbstractAjpProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfig.CertificateVerification;
import org.jspecify.annotations.Nullable;

/** What stands around a valve in Tomcat, and what of it an administrator should be told. */
final class TomcatSurroundings {

    private static final String FILTER = "io.github.thumbkeeper.filter.ClientCertificateFilter";

    private final Container container;
    private final Service service;

    TomcatSurroundings(Container container) {
        this.container = container;
        this.service = engine(container).getService();
    }

    Server server() {
        return service.getServer();
    }

    boolean isContext() {
        return container instanceof Context;
    }

    /**
     * Returns a warning for every connector on which no certificate can ever arrive.
     *
     * @param forwarded whether certificates come in a header, for which a connector needs no TLS
     */
    List<String> connectorsWithoutCertificates(boolean forwarded) {
        List<String> warnings = new ArrayList<>();
        for (Connector connector : service.findConnectors()) {
            String why = whyNoCertificateArrives(connector);
            if (why != null && (!forwarded || isUnprovenAjp(connector))) {
                warnings.add("TK-401 no client certificate can arrive on connector [" + connector + "]: " + why);
            }
        }
        return warnings;
    }

    /** Returns a warning for every valve of this service that believes headers in a way that deceives a gate or an application. */
    List<String> valvesToBewareOf() {
        List<String> warnings = new ArrayList<>();
        containers(service.getContainer()).forEach(each -> {
            for (Valve valve : each.getPipeline().getValves()) {
                if (valve instanceof SSLValve) {
                    warnings.add(
                            "TK-407 SSLValve of [" + each.getName() + "] takes a client certificate from the header of"
                                    + " anybody; this gate does not, but applications do: use certificateHeader instead");
                } else if (valve instanceof RemoteIpValve remote && !remote.getRequestAttributesEnabled()) {
                    warnings.add("TK-408 RemoteIpValve of [" + each.getName()
                            + "] rewrites the address of the peer without a"
                            + " trace: a filter behind it cannot tell; accepted is requestAttributesEnabled=\"true\"");
                }
            }
        });
        return warnings;
    }

    /** Returns whether a connector of this service lets every client certificate through to the gate. */
    boolean trustsEveryClient() {
        return Arrays.stream(service.findConnectors())
                .flatMap(connector -> Arrays.stream(connector.findSslHostConfigs()))
                .anyMatch(TomcatSurroundings::trustsEveryClient);
    }

    /** Returns the applications below the valve that log in by the subject of the client certificate. */
    List<String> contextsWithClientCertLogin() {
        return contexts(container)
                .filter(TomcatSurroundings::hasClientCertLogin)
                .map(TomcatSurroundings::name)
                .toList();
    }

    /** Returns the applications of the service that neither a valve of ours nor a filter of ours guards. */
    List<String> contextsWithoutGate() {
        return contexts(service.getContainer())
                .filter(context -> !hasGate(context))
                .map(TomcatSurroundings::name)
                .toList();
    }

    /** Tomcat names the root application by nothing at all. */
    static String name(Context context) {
        return context.getName().isEmpty() ? "/" : context.getName();
    }

    static boolean hasClientCertLogin(Context context) {
        return Arrays.stream(context.getPipeline().getValves()).anyMatch(SSLAuthenticator.class::isInstance);
    }

    /** OpenSSL takes certificates of unknown authorities by itself, if told so. */
    private static boolean trustsEveryClient(SSLHostConfig host) {
        return host.getCertificateVerification() == CertificateVerification.OPTIONAL_NO_CA
                || AnyClientCertificateTrustManager.class.getName().equals(host.getTrustManagerClassName());
    }

    /** What an AJP peer says of a certificate is worth something only if the peer has to know a secret (CVE-2020-1938). */
    static boolean isUnprovenAjp(Connector connector) {
        return connector.getProtocolHandler() instanceof AbstractAjpProtocol<?> ajp && !ajp.getSecretRequired();
    }

    private static @Nullable String whyNoCertificateArrives(Connector connector) {
        if (connector.getProtocolHandler() instanceof AbstractAjpProtocol<?>) {
            return isUnprovenAjp(connector)
                    ? "what AJP says of it is believed only from a peer that knows a secret; accepted is"
                            + " secretRequired=\"true\" with a secret"
                    : null;
        }
        boolean asks = Arrays.stream(connector.findSslHostConfigs())
                .anyMatch(host -> host.getCertificateVerification() != CertificateVerification.NONE);
        return asks
                ? null
                : "it has no TLS, or certificateVerification is \"none\"; accepted are \"required\" and \"optional\"";
    }

    private static Stream<Container> containers(Container container) {
        return Stream.concat(
                Stream.of(container), Arrays.stream(container.findChildren()).flatMap(TomcatSurroundings::containers));
    }

    private static Stream<Context> contexts(Container container) {
        if (container instanceof Context context) {
            return Stream.of(context);
        }
        return Arrays.stream(container.findChildren()).flatMap(TomcatSurroundings::contexts);
    }

    /** A filter comes too late for Tomcat's own login by the subject of the certificate. */
    private static boolean hasGate(Context context) {
        boolean filtered =
                Arrays.stream(context.findFilterDefs()).anyMatch(filter -> FILTER.equals(filter.getFilterClass()));
        if (filtered && !hasClientCertLogin(context)) {
            return true;
        }
        return Stream.<Container>iterate(context, c -> c != null, Container::getParent)
                .flatMap(c -> Arrays.stream(c.getPipeline().getValves()))
                .anyMatch(ClientCertificateValve.class::isInstance);
    }

    private static Engine engine(Container container) {
        Container outermost = container;
        while (!(outermost instanceof Engine engine)) {
            outermost = outermost.getParent();
            if (outermost == null) {
                throw new IllegalStateException("the valve is not within an Engine");
            }
        }
        return engine;
    }
}
