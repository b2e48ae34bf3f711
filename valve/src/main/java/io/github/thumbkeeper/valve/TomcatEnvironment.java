/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.setup.ApplicationSetup;
import io.github.thumbkeeper.setup.ConnectorSetup;
import io.github.thumbkeeper.setup.ValveWarnings;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.catalina.Authenticator;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.Engine;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.Server;
import org.apache.catalina.Service;
import org.apache.catalina.Valve;
import org.apache.catalina.authenticator.NonLoginAuthenticator;
import org.apache.catalina.authenticator.SSLAuthenticator;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.SSLValve;
import org.apache.coyote.ProtocolHandler;
import org.apache.coyote.ajp.AbstractAjpProtocol;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.apache.tomcat.util.descriptor.web.LoginConfig;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfig.CertificateVerification;
import org.jspecify.annotations.Nullable;

/**
 * Inspects the valve's Tomcat environment and reports unsafe settings: connectors, other valves, authenticators, and
 * applications without a gate.
 *
 * <p>Thread-safe. Applications and connectors may come and go while the server runs, so every method inspects the environment as
 * it is now.
 */
final class TomcatEnvironment {

    private static final String FILTER = "io.github.thumbkeeper.filter.ClientCertificateFilter";

    /** The status under which Tomcat keeps the error page for all other statuses. */
    private static final int DEFAULT_ERROR_PAGE = 0;

    private final Container container;
    private final Service service;
    private final Handshakes handshakes;

    TomcatEnvironment(Container container) {
        this.container = container;
        this.service = engineOf(container).getService();
        this.handshakes = new Handshakes(service::findConnectors);
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
        return Arrays.stream(service.findConnectors())
                .flatMap(connector -> setup(connector).warning(forwarded).stream())
                .toList();
    }

    /** Returns a warning for every virtual host that leaves the decision about clients to the authorities of the Java runtime. */
    List<String> defaultAuthorities() {
        return handshakes.defaultAuthorities();
    }

    /** Returns a warning for every trust store of a connector in which a listed client is an authority. */
    List<String> listedAuthorities(Predicate<X509Certificate> listed) {
        return handshakes.trustStores().stream()
                .flatMap(each -> each.warning(listed).stream())
                .toList();
    }

    /** Returns a warning for every valve of this service that trusts a header and so deceives a gate or an application. */
    List<String> unsafeValves() {
        List<String> warnings = new ArrayList<>();
        containers(service.getContainer()).forEach(each -> {
            for (Valve valve : each.getPipeline().getValves()) {
                if (valve instanceof SSLValve) {
                    warnings.add(ValveWarnings.sslValve(name(each)));
                } else if (valve instanceof RemoteIpValve remote && !remote.getRequestAttributesEnabled()) {
                    warnings.add(ValveWarnings.remoteIpValve(name(each)));
                }
            }
        });
        return warnings;
    }

    /** Returns whether a connector of this service lets every client certificate through to the gate, or may do so. */
    boolean trustsEveryClient() {
        return handshakes.mayPassUnverified();
    }

    /** Returns a warning for every TLS configuration whose handshake could not be determined. */
    List<String> undeterminedHandshakes() {
        return handshakes.undetermined();
    }

    /**
     * Returns whether Tomcat may hand an application of this service a client certificate whose subject nothing has verified: from
     * a permissive handshake, from an AJP peer, which may let any certificate through, or from a header that SSLValve or another gate
     * takes it from.
     */
    boolean deliversForgedSubjects() {
        return trustsEveryClient()
                || Arrays.stream(service.findConnectors()).anyMatch(TomcatEnvironment::isAjp)
                || containers(service.getContainer())
                        .flatMap(each -> Arrays.stream(each.getPipeline().getValves()))
                        .anyMatch(valve -> valve instanceof SSLValve
                                || (valve instanceof ClientCertificateValve gate && gate.readsHeaders()));
    }

    /**
     * Returns the application whose authenticator runs before the valve, and before any other gate in it. Tomcat allows
     * authenticators in a Context only, so this is the valve's own Context, or the one around a Wrapper. The authenticator that Tomcat
     * adds to an application without a login lets every request pass on to the gate.
     */
    List<String> contextsWithEarlierLogin() {
        return Stream.<Container>iterate(container, each -> each != null, Container::getParent)
                .filter(Context.class::isInstance)
                .map(Context.class::cast)
                .filter(context -> Arrays.stream(context.getPipeline().getValves())
                        .takeWhile(valve -> !(valve instanceof ClientCertificateValve))
                        .anyMatch(valve -> valve instanceof Authenticator && !(valve instanceof NonLoginAuthenticator)))
                .map(TomcatEnvironment::name)
                .toList();
    }

    /** Returns the applications below the valve that log in by the subject of the client certificate. */
    List<String> contextsWithClientCertLogin() {
        return contexts(container)
                .filter(TomcatEnvironment::hasClientCertLogin)
                .map(TomcatEnvironment::name)
                .toList();
    }

    /** Returns the engine, which holds all applications of the service. */
    Engine engine() {
        return service.getContainer();
    }

    /** Returns the applications of the service that are running. */
    List<Context> runningContexts() {
        return contexts(engine())
                .filter(context -> context.getState() == LifecycleState.STARTED)
                .toList();
    }

    /** Returns whether Tomcat answers an error of this status in the valve's Context with its own page, which names its version. */
    boolean namesVersionInErrors(int status) {
        return container instanceof Context context
                && context.findErrorPage(status) == null
                && context.findErrorPage(DEFAULT_ERROR_PAGE) == null
                && Arrays.stream(context.getParent().getPipeline().getValves())
                        .anyMatch(valve -> namesVersionInErrors(valve, status));
    }

    /** A subclass writes its own page, and so does an error page that the administrator has configured. */
    private static boolean namesVersionInErrors(Valve valve, int status) {
        return valve.getClass() == ErrorReportValve.class
                && valve instanceof ErrorReportValve report
                && report.isShowServerInfo()
                && report.getProperty("errorCode." + status) == null
                && report.getProperty("errorCode." + DEFAULT_ERROR_PAGE) == null;
    }

    /** Returns the name of an application, a Host or an Engine; Tomcat gives the root application an empty one. */
    static String name(Container container) {
        String name = String.valueOf(container.getName());
        return name.isEmpty() ? "/" : name;
    }

    /** The protocol of the connector itself is null in some releases. */
    static String name(Connector connector) {
        ProtocolHandler handler = connector.getProtocolHandler();
        return ConnectorSetup.name(
                handler == null ? "unknown" : handler.getClass().getName(), connector.getPort());
    }

    /** Returns the name of a gate, unique in the JVM: the names of the containers from the Engine to its own. */
    static String gateName(Container container) {
        Container parent = container.getParent();
        if (container instanceof Engine || parent == null) {
            return name(container);
        }
        String own = name(container);
        return gateName(parent) + (own.startsWith("/") ? "" : "/") + own;
    }

    static boolean hasClientCertLogin(Context context) {
        return Arrays.stream(context.getPipeline().getValves()).anyMatch(valve -> isClientCertLogin(valve, context));
    }

    /** An authenticator of another class counts if the application's {@code <auth-method>} is CLIENT-CERT. */
    private static boolean isClientCertLogin(Valve valve, Context context) {
        LoginConfig login = context.getLoginConfig();
        return valve instanceof SSLAuthenticator
                || (valve instanceof Authenticator
                        && login != null
                        && HttpServletRequest.CLIENT_CERT_AUTH.equalsIgnoreCase(normalized(login.getAuthMethod())));
    }

    /** {@code web.xml} writes CLIENT-CERT, the servlet API CLIENT_CERT. */
    private static @Nullable String normalized(@Nullable String method) {
        return method == null ? null : method.replace('-', '_');
    }

    /** Returns whether any client of the peer can claim any certificate. */
    static boolean isUnprovenAjp(Connector connector) {
        return isAjp(connector) && !isSecretRequired(connector);
    }

    private static boolean isSecretRequired(Connector connector) {
        return connector.getProtocolHandler() instanceof AbstractAjpProtocol<?> ajp && ajp.getSecretRequired();
    }

    private static boolean isAjp(Connector connector) {
        return connector.getProtocolHandler() instanceof AbstractAjpProtocol<?>;
    }

    private static ConnectorSetup setup(Connector connector) {
        SSLHostConfig[] hosts = connector.findSslHostConfigs();
        boolean asks = Arrays.stream(hosts)
                .anyMatch(host -> host.getCertificateVerification() != CertificateVerification.NONE);
        return new ConnectorSetup(
                name(connector), isAjp(connector), isSecretRequired(connector), hosts.length > 0, asks);
    }

    private static Stream<Container> containers(Container container) {
        return Stream.concat(
                Stream.of(container), Arrays.stream(container.findChildren()).flatMap(TomcatEnvironment::containers));
    }

    private static Stream<Context> contexts(Container container) {
        if (container instanceof Context context) {
            return Stream.of(context);
        }
        return Arrays.stream(container.findChildren()).flatMap(TomcatEnvironment::contexts);
    }

    static boolean hasGate(Context context) {
        return setup(context).isGuarded();
    }

    static ApplicationSetup setup(Context context) {
        boolean valve = Stream.<Container>iterate(context, c -> c != null, Container::getParent)
                .flatMap(c -> Arrays.stream(c.getPipeline().getValves()))
                .anyMatch(ClientCertificateValve.class::isInstance);
        return new ApplicationSetup(name(context), hasClientCertLogin(context), valve, isFiltered(context));
    }

    /** A filter is a gate only if it is mapped to every request. */
    private static boolean isFiltered(Context context) {
        Set<String> gates = Arrays.stream(context.findFilterDefs())
                .filter(TomcatEnvironment::isOurs)
                .map(FilterDef::getFilterName)
                .collect(Collectors.toSet());
        return Arrays.stream(context.findFilterMaps())
                .filter(mapping -> gates.contains(mapping.getFilterName()))
                .filter(mapping -> (mapping.getDispatcherMapping() & FilterMap.REQUEST) != 0)
                .anyMatch(mapping -> mapping.getMatchAllUrlPatterns()
                        || Arrays.asList(mapping.getURLPatterns()).contains("/*"));
    }

    /** An embedding application may set the filter itself instead of its class name. */
    private static boolean isOurs(FilterDef filter) {
        return FILTER.equals(filter.getFilterClass())
                || (filter.getFilter() != null
                        && FILTER.equals(filter.getFilter().getClass().getName()));
    }

    private static Engine engineOf(Container container) {
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
