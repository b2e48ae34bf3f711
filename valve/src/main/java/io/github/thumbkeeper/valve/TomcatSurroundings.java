/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.Server;
import org.apache.catalina.Service;
import org.apache.catalina.authenticator.SSLAuthenticator;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfig.CertificateVerification;

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

    /** Returns a warning for every connector on which no certificate can ever arrive. */
    List<String> connectorsWithoutCertificates() {
        return Arrays.stream(service.findConnectors())
                .filter(TomcatSurroundings::neverAsks)
                .map(connector -> "TK-401 no client certificate can arrive on connector [" + connector
                        + "]: it has no TLS, or certificateVerification is \"none\"; accepted are \"required\" and"
                        + " \"optional\"")
                .toList();
    }

    /** Returns whether a connector of this service lets every client certificate through to the gate. */
    boolean trustsEveryClient() {
        return Arrays.stream(service.findConnectors())
                .flatMap(connector -> Arrays.stream(connector.findSslHostConfigs()))
                .anyMatch(host ->
                        AnyClientCertificateTrustManager.class.getName().equals(host.getTrustManagerClassName()));
    }

    /** Returns the applications below the valve that log in by the subject of the client certificate. */
    List<String> contextsWithClientCertLogin() {
        return contexts(container)
                .filter(TomcatSurroundings::hasClientCertLogin)
                .map(Context::getName)
                .toList();
    }

    /** Returns the applications of the service that neither a valve of ours nor a filter of ours guards. */
    List<String> contextsWithoutGate() {
        return contexts(service.getContainer())
                .filter(context -> !hasGate(context))
                .map(Context::getName)
                .toList();
    }

    static boolean hasClientCertLogin(Context context) {
        return context.getAuthenticator() instanceof SSLAuthenticator;
    }

    private static boolean neverAsks(Connector connector) {
        SSLHostConfig[] hosts = connector.findSslHostConfigs();
        return Arrays.stream(hosts).allMatch(host -> host.getCertificateVerification() == CertificateVerification.NONE);
    }

    private static Stream<Context> contexts(Container container) {
        if (container instanceof Context context) {
            return Stream.of(context);
        }
        return Arrays.stream(container.findChildren()).flatMap(TomcatSurroundings::contexts);
    }

    private static boolean hasGate(Context context) {
        if (Arrays.stream(context.findFilterDefs()).anyMatch(filter -> FILTER.equals(filter.getFilterClass()))) {
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
