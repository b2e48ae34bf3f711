/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.Mode;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.servlet.ErrorResponseWriter;
import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.servlet.WorkerThreads;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.settings.Settings.ExistingPrincipal;
import io.github.thumbkeeper.settings.SettingsException;
import io.github.thumbkeeper.source.HeaderNames;
import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.Verdict;
import io.github.thumbkeeper.verdict.Verdict.Admitted;
import io.github.thumbkeeper.verdict.Verdict.Exempt;
import io.github.thumbkeeper.verdict.Verdict.Refused;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests by the thumbprint of the client certificate, in any container of Servlet 6.0 or later.
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>clientCertificate</filter-name>
 *   <filter-class>io.github.thumbkeeper.filter.ClientCertificateFilter</filter-class>
 *   <async-supported>true</async-supported>
 *   <init-param>
 *     <param-name>thumbprints</param-name>
 *     <param-value>sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</param-value>
 *   </init-param>
 * </filter>
 * }</pre>
 *
 * <p>The init parameters are the settings of {@link io.github.thumbkeeper.settings.Setting}. Map it to {@code /*} for REQUEST
 * and ASYNC, before every other filter: what runs before it is trusted, since a filter can only read the request attribute.
 * While it is not initialised, or after its end, every request gets 503.
 *
 * <p>Safe to share between threads once initialised.
 */
public final class ClientCertificateFilter implements Filter {

    private record Running(
            Gate gate,
            Settings settings,
            WorkerThreads workers,
            @Nullable RefreshTask task) {}

    /** What an earlier dispatch of the same request has come to; private to this filter. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Outcome(Verdict verdict, X509Certificate @Nullable [] forwarded) {}

    private final System.Logger logger = System.getLogger(ClientCertificateFilter.class.getName());
    private final String outcome = ClientCertificateFilter.class.getName() + "." + UUID.randomUUID();
    private final Map<String, String> given;
    private volatile @Nullable Running running;

    /** Makes a filter that takes its settings from its init parameters. */
    public ClientCertificateFilter() {
        this(Map.of());
    }

    /**
     * Makes a filter for embedded use.
     *
     * @param settings the settings by name; those given as init parameters come on top, none may be given in both
     */
    public ClientCertificateFilter(Map<String, String> settings) {
        this.given = Map.copyOf(settings);
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        try {
            Settings.requireModules();
            JettyUpgrades.check(config);
            List<String> mapping = MappingWarnings.of(config);
            Settings settings = Settings.parse(settings(config), new FilterResources(config.getServletContext()));
            settings.requireMoreThanAddresses();
            WorkerThreads workers = new WorkerThreads();
            Gate gate = settings.open(new Counters(), InstantSource.system(), workers);
            settings.warnings().forEach(warning -> logger.log(Level.WARNING, warning));
            mapping.forEach(warning -> logger.log(Level.WARNING, warning));
            warnOf(DeploymentDescriptor.of(config.getServletContext()), settings);
            logger.log(
                    Level.INFO,
                    "TK-400 gate of filter [" + config.getFilterName() + "] is up: " + gate.summary() + "; "
                            + settings.summary());
            running = new Running(gate, settings, workers, RefreshTask.start(gate, settings.refreshInterval()));
        } catch (SettingsException e) {
            throw new ServletException(e.getMessage(), e);
        }
    }

    private void warnOf(DeploymentDescriptor application, Settings settings) {
        if (application.clientCertLogin()) {
            logger.log(
                    Level.WARNING,
                    "TK-417 web.xml has <auth-method>CLIENT-CERT</auth-method>: the container logs clients in by the subject of"
                            + " their certificate before this filter decides, and only its own TLS configuration verifies that"
                            + " subject; expected is a TLS configuration that lets only verified certificates through, or, on"
                            + " Tomcat, ClientCertificateValve instead of this filter");
        }
        if (settings.errorFormat() == ErrorFormat.CONTAINER && !application.hasErrorPage(settings.refusalStatus())) {
            logger.log(
                    Level.WARNING,
                    "TK-418 errorFormat=container: web.xml declares no error page for status ["
                            + settings.refusalStatus()
                            + "], and the container's own may name its version to clients that are refused; expected is an"
                            + " <error-page>, or another errorFormat");
        }
    }

    @Override
    public void destroy() {
        Running before = running;
        running = null;
        if (before == null) {
            return;
        }
        before.workers().close();
        if (before.task() != null) {
            before.task().stop();
        }
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            throw new ServletException("Thumbkeeper guards HTTP requests only");
        }
        Running now = running;
        if (now == null) {
            ErrorResponseWriter.writeUnavailable(http, answer);
            return;
        }
        FilterExchange exchange = new FilterExchange(http);
        if (isOwnErrorPage(http)) {
            chain.doFilter(new UnadmittedRequest(http, answer, now.gate().hidden(exchange), null), answer);
            return;
        }
        Verdict verdict = verdict(now, http, exchange);
        if (verdict.errorResponse() == null) {
            chain.doFilter(guarded(verdict, now, exchange, http, answer), answer);
        } else if (http.getDispatcherType() != DispatcherType.INCLUDE) {
            if (verdict.errorResponse().format() == ErrorFormat.CONTAINER) {
                http.setAttribute(outcome, new Outcome(verdict, null));
            }
            ErrorResponseWriter.write(verdict.errorResponse(), http, answer);
        }
    }

    /** The error page of our own refusal is shown to nobody in particular. */
    private boolean isOwnErrorPage(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ERROR
                && request.getAttribute(outcome) instanceof Outcome earlier
                && earlier.verdict() instanceof Refused;
    }

    private Verdict verdict(Running now, HttpServletRequest request, FilterExchange exchange) {
        if (request.getDispatcherType() != DispatcherType.REQUEST
                && request.getAttribute(outcome) instanceof Outcome earlier
                && earlier.verdict() instanceof Admitted) {
            exchange.showCertificatesAgain(earlier.forwarded());
            return earlier.verdict();
        }
        Verdict verdict = now.gate().decide(exchange);
        RequestAttributes.set(request, verdict);
        if (verdict instanceof Admitted) {
            request.setAttribute(outcome, new Outcome(verdict, exchange.forwarded()));
        } else if (verdict == Verdict.Exempt.EXCLUDED_PATH) {
            exchange.rememberExempt();
        }
        return verdict;
    }

    private static HttpServletRequest guarded(
            Verdict verdict,
            Running now,
            FilterExchange exchange,
            HttpServletRequest request,
            HttpServletResponse response) {
        HeaderNames hidden = now.gate().hidden(exchange);
        if (verdict instanceof Admitted admitted) {
            boolean keep =
                    now.settings().existingPrincipal() == ExistingPrincipal.KEEP && request.getUserPrincipal() != null;
            return new AdmittedRequest(request, response, hidden, admitted.identity(), exchange.forwarded(), keep);
        }
        if (now.gate().policy().mode() != Mode.ANNOTATE) {
            return new UnadmittedRequest(request, response, hidden, null);
        }
        if (!now.settings().readsHeaders()) {
            return request;
        }
        // Where nothing has been decided, the certificate may be that of a proxy.
        Object shown = verdict instanceof Exempt ? null : exchange.shown();
        return new UnadmittedRequest(request, response, hidden, shown);
    }

    private Map<String, String> settings(FilterConfig config) throws ServletException {
        Map<String, String> all = new TreeMap<>(given);
        for (String name : Collections.list(config.getInitParameterNames())) {
            if (all.put(name, config.getInitParameter(name)) != null) {
                throw new ServletException("TK-201 " + name + ": is given twice, in the constructor and as init-param");
            }
        }
        return all;
    }
}
