/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.GateMonitor;
import io.github.thumbkeeper.Mode;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.servlet.ErrorResponseWriter;
import io.github.thumbkeeper.servlet.RefreshThreads;
import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.servlet.WorkerThreads;
import io.github.thumbkeeper.settings.OpenGate;
import io.github.thumbkeeper.settings.Setting;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.settings.Settings.ExistingPrincipal;
import io.github.thumbkeeper.settings.SettingsException;
import io.github.thumbkeeper.settings.StartFailure;
import io.github.thumbkeeper.setup.FilterSetup;
import io.github.thumbkeeper.setup.PasswordWarnings;
import io.github.thumbkeeper.source.HeaderNames;
import io.github.thumbkeeper.tls.RunningGates;
import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.ErrorResponse;
import io.github.thumbkeeper.verdict.Verdict;
import io.github.thumbkeeper.verdict.Verdict.Admitted;
import io.github.thumbkeeper.verdict.Verdict.Exempt;
import io.github.thumbkeeper.verdict.Verdict.Refused;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests by the thumbprint of the client certificate, in any container of Servlet 6.0 or later.
 *
 * <p>In the application's {@code WEB-INF/web.xml}, before every other filter:
 *
 * <pre>{@code
 * <filter>
 *   <filter-name>clientCertificate</filter-name>
 *   <filter-class>io.github.thumbkeeper.filter.ClientCertificateFilter</filter-class>
 *   <async-supported>true</async-supported>
 *   <init-param><param-name>store</param-name><param-value>java:comp/env/cert/clients</param-value></init-param>
 *   <init-param><param-name>refreshInterval</param-name><param-value>1s</param-value></init-param>
 * </filter>
 * <filter-mapping>
 *   <filter-name>clientCertificate</filter-name><url-pattern>/*</url-pattern>
 *   <dispatcher>REQUEST</dispatcher><dispatcher>ASYNC</dispatcher>
 * </filter-mapping>
 * }</pre>
 *
 * <p>The init parameters are the settings of {@link Setting}, with its units: a duration is a whole number and {@code s}, {@code
 * m} or {@code h}. An unknown or malformed parameter, or a store that cannot be read, fails {@link #init} with a {@link
 * ServletException}; the log lists every problem.
 *
 * <p>The filter refuses a request with 401 (setting {@code denyStatus}) and the reason in the log only. Before {@link #init} and
 * after {@link #destroy} it refuses every request with 503. An admitted request has a principal ({@code getUserPrincipal},
 * {@code isUserInRole}) and the attributes of {@link RequestAttributes}. All code that runs before the filter is trusted, because
 * a filter can only read the certificate from a request attribute; and {@code <auth-constraint>} is checked before any filter.
 *
 * <p>The filter reads the stores again in its own daemon threads, every {@code refreshInterval}; they end in {@link #destroy}.
 *
 * <p>Thread-safe once initialised.
 *
 * @see Setting
 * @see io.github.thumbkeeper.jndi.KeyStoreFactory
 */
public final class ClientCertificateFilter implements Filter {

    private record Running(
            Gate gate, Settings settings, WorkerThreads workers, RefreshThreads refresh, GateMonitor monitor) {}

    /** The result of one dispatch of a request, for later dispatches of it; private to this filter. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Outcome(Verdict verdict, X509Certificate @Nullable [] forwarded, AtomicBoolean loggedOut) {}

    private final System.Logger logger = LogTopic.GATE.logger();
    private final String outcome = ClientCertificateFilter.class.getName() + "." + UUID.randomUUID();
    private final ConnectionWarnings connections = new ConnectionWarnings();
    private final Map<String, String> given;
    /** Set while the container sends the error page of a refusal, which some do before {@code sendError} returns. */
    private final ThreadLocal<Boolean> refusing = new ThreadLocal<>();

    private volatile @Nullable Running running;

    /** Makes a filter that takes its settings from its init parameters. */
    public ClientCertificateFilter() {
        this(Map.of());
    }

    /**
     * Makes a filter for embedded use.
     *
     * @param settings the settings by name; init parameters may add others, but none may be given in both
     */
    public ClientCertificateFilter(Map<String, String> settings) {
        this.given = Map.copyOf(settings);
    }

    @Override
    public void init(FilterConfig config) throws ServletException {
        try {
            running = start(config);
            RunningGates.started();
        } catch (RuntimeException | LinkageError e) {
            throw StartFailure.log(logger, "TK-200 gate of filter [" + name(config) + "] does not start", e)
                    .as(ServletException::new);
        }
    }

    private Running start(FilterConfig config) {
        Settings settings = parse(config);
        WorkerThreads workers = new WorkerThreads();
        String name = name(config);
        OpenGate open = settings.open(name, InstantSource.system(), workers);
        Gate gate = open.gate();
        warnings(config, settings)
                .forEach(warning -> logger.log(Level.WARNING, gate.name().after(warning)));
        logger.log(
                Level.INFO,
                "TK-400 gate of filter [" + name + "] is up: " + gate.summary() + "; " + settings.summary());
        RefreshThreads refresh =
                new RefreshThreads(gate, settings.refreshInterval(), ReaderThreads.ofThisApplication());
        GateMonitor monitor = open.monitor(refresh::readNow);
        monitor.register();
        return new Running(gate, settings, workers, refresh, monitor);
    }

    private Settings parse(FilterConfig config) {
        Settings.requireModules();
        List<String> problems = new ArrayList<>(JettyUpgrades.problems(config));
        problems.addAll(MappingWarnings.problems(config));
        Map<String, String> all = settings(config, problems);
        Settings settings;
        try {
            settings = Settings.parse(all, new FilterResources(config.getServletContext()));
            settings.requireMoreThanAddresses();
        } catch (SettingsException e) {
            throw e.after(problems);
        }
        if (!problems.isEmpty()) {
            throw SettingsException.of(problems);
        }
        return settings;
    }

    /** Returns the name of the gate: the application, on its host where the container names it, and the filter. */
    private static String name(FilterConfig config) {
        ServletContext application = config.getServletContext();
        return application.getVirtualServerName() + application.getContextPath() + "#" + config.getFilterName();
    }

    private static List<String> warnings(FilterConfig config, Settings settings) {
        List<String> warnings = new ArrayList<>(settings.warnings());
        Map<String, String> parameters = new TreeMap<>();
        Collections.list(config.getInitParameterNames())
                .forEach(name -> parameters.put(name, config.getInitParameter(name)));
        warnings.addAll(PasswordWarnings.plain(parameters));
        warnings.addAll(MappingWarnings.of(config));
        DeploymentDescriptor application = DeploymentDescriptor.of(config.getServletContext());
        if (application.clientCertLogin()) {
            warnings.add(FilterSetup.loginBefore());
        }
        if (settings.errorFormat() == ErrorFormat.CONTAINER && !application.hasErrorPage(settings.refusalStatus())) {
            warnings.add(FilterSetup.noErrorPage(settings.refusalStatus()));
        }
        warnings.addAll(ConstraintWarnings.of(application, config.getServletContext()));
        return warnings;
    }

    @Override
    public void destroy() {
        Running before = running;
        running = null;
        if (before == null) {
            return;
        }
        RunningGates.stopped();
        before.monitor().close();
        before.workers().close();
        before.refresh().close();
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
        FilterExchange exchange = new FilterExchange(http, outcome);
        if (isOwnErrorPage(http)) {
            HeaderNames hidden = now.gate().hidden(exchange);
            chain.doFilter(new RefusedRequest(http, answer, hidden, outcome, exchange.forwarded()), answer);
            return;
        }
        Outcome result = decide(now, http, exchange);
        ErrorResponse error = result.verdict().errorResponse();
        if (error == null) {
            exchange.passClaim();
            chain.doFilter(guarded(result, now, exchange, http, answer), answer);
        } else if (http.getDispatcherType() == DispatcherType.INCLUDE) {
            RequestAttributes.set(http, result.verdict());
        } else {
            refuse(result, error, http, answer);
        }
    }

    /**
     * Writes the response, and sets the attributes for the access log and the error page only afterwards: they notify listeners
     * of the application, which could read the body of the refused request.
     */
    private void refuse(Outcome result, ErrorResponse error, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        refusing.set(true);
        try {
            ErrorResponseWriter.write(error, request, response);
        } finally {
            refusing.remove();
            if (error.format() == ErrorFormat.CONTAINER) {
                request.setAttribute(outcome, result);
                RequestAttributes.set(request, result.verdict());
            } else if (response.isCommitted()) {
                RequestAttributes.set(request, result.verdict());
            }
        }
    }

    /** Returns whether this is the error page of our own refusal, which passes without a principal. */
    private boolean isOwnErrorPage(HttpServletRequest request) {
        return request.getDispatcherType() == DispatcherType.ERROR
                && (refusing.get() != null
                        || (request.getAttribute(outcome) instanceof Outcome earlier
                                && earlier.verdict() instanceof Refused));
    }

    private Outcome decide(Running now, HttpServletRequest request, FilterExchange exchange) {
        if (request.getDispatcherType() != DispatcherType.REQUEST
                && request.getAttribute(outcome) instanceof Outcome earlier
                && earlier.verdict() instanceof Admitted) {
            exchange.showCertificatesAgain(earlier.forwarded());
            return earlier;
        }
        Verdict verdict = now.gate().decide(exchange);
        warnOfConnection(now, request, verdict, exchange);
        Outcome result = new Outcome(verdict, exchange.forwarded(), new AtomicBoolean());
        if (verdict.errorResponse() != null) {
            return result;
        }
        RequestAttributes.set(request, verdict);
        if (verdict instanceof Admitted) {
            request.setAttribute(outcome, result);
        } else if (verdict == Verdict.Exempt.EXCLUDED_PATH) {
            exchange.rememberExempt();
        }
        return result;
    }

    /** Never throws, since the verdict holds even if the warning fails. */
    private void warnOfConnection(Running now, HttpServletRequest request, Verdict verdict, FilterExchange exchange) {
        try {
            if (!now.settings().readsHeaders()) {
                String warning = connections.of(request, verdict, exchange.isForwarded());
                if (warning != null) {
                    logger.log(Level.WARNING, warning);
                }
            }
        } catch (RuntimeException ignored) {
            // A wrapper of the application may throw whatever it is asked for.
        }
    }

    private HttpServletRequest guarded(
            Outcome result,
            Running now,
            FilterExchange exchange,
            HttpServletRequest request,
            HttpServletResponse response) {
        HeaderNames hidden = now.gate().hidden(exchange);
        Verdict verdict = result.verdict();
        X509Certificate[] forwarded = exchange.forwarded();
        if (verdict instanceof Admitted admitted) {
            boolean keep =
                    now.settings().existingPrincipal() == ExistingPrincipal.KEEP && request.getUserPrincipal() != null;
            return new AdmittedRequest(
                    request, response, hidden, outcome, admitted.identity(), forwarded, result.loggedOut(), keep);
        }
        if (now.gate().policy().mode() != Mode.ANNOTATE) {
            return new UnadmittedRequest(request, response, hidden, outcome, forwarded, null);
        }
        if (!now.settings().readsHeaders()) {
            return request;
        }
        // Without a decision the certificate may be that of a proxy.
        Object shown = verdict instanceof Exempt ? null : exchange.shown();
        return new UnadmittedRequest(request, response, hidden, outcome, forwarded, shown);
    }

    private Map<String, String> settings(FilterConfig config, List<String> problems) {
        Map<String, String> all = new TreeMap<>(given);
        for (String name : Collections.list(config.getInitParameterNames())) {
            if (all.put(name, config.getInitParameter(name)) != null) {
                problems.add(
                        "TK-201 " + name + ": is given twice, in the constructor and as init-param; expected once");
            }
        }
        return all;
    }
}
