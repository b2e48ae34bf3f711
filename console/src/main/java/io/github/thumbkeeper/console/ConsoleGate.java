/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import io.github.thumbkeeper.console.gate.Gates;
import io.github.thumbkeeper.console.list.ListLocation;
import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.filter.ClientCertificateFilter;
import io.github.thumbkeeper.message.LogTopic;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The console's own gate: our filter over the store {@code admins}, which always enforces.
 *
 * <p>It does not start without administrators, or if a gate in front of the application only reports; if such a gate
 * starts later, every request gets 503. Every response, refusals too, has the {@link SecurityHeaders}.
 *
 * <p>Thread-safe once initialised.
 */
public final class ConsoleGate implements Filter {

    /** Attribute of the application with its {@link ManagedList}. */
    static final String LIST = ManagedList.class.getName();

    private static final Gates GATES = Gates.ofThisJvm();
    private static final Duration CHECK_INTERVAL = Duration.ofSeconds(1);

    private final System.Logger logger = LogTopic.GATE.logger();
    private volatile String application = "";
    private volatile @Nullable ClientCertificateFilter filter;
    private volatile @Nullable Check lastCheck;

    /**
     * Result of the last look at the gates of this JVM.
     *
     * @param nanoTime when it was
     * @param unenforced the gate in front of the application that lets refused requests pass, or null
     */
    private record Check(long nanoTime, @Nullable String unenforced) {}

    @Override
    public void init(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
        ConsoleSettings settings = ConsoleSettings.of(context);
        application = context.getVirtualServerName() + context.getContextPath();
        Optional<String> unenforced = unenforcedGate(application);
        if (unenforced.isPresent()) {
            throw new ServletException("TK-431 the console does not start: " + reason(unenforced.get()));
        }
        // Here and not in the servlet: Tomcat serves an application whose servlet does not start.
        InstantSource clock = InstantSource.system();
        context.setAttribute(LIST, new ManagedList(ListLocation.open(context, clock), clock));
        ClientCertificateFilter started = new ClientCertificateFilter(settings.gate());
        started.init(config);
        filter = started;
    }

    /**
     * Returns a gate in front of the application that lets refused requests pass; empty if there is none. A gate of a valve is named
     * after its engine, host or context, so its name begins the name of the application.
     */
    private static Optional<String> unenforcedGate(String application) {
        return GATES.notEnforcing().stream()
                .filter(gate -> isInFrontOf(gate, application))
                .findFirst();
    }

    static boolean isInFrontOf(String gate, String application) {
        return application.equals(gate) || application.startsWith(gate + "/");
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        ClientCertificateFilter running = filter;
        if (!(response instanceof HttpServletResponse answer)) {
            throw new ServletException("the console answers HTTP requests only");
        }
        SecurityHeaders.set(answer);
        if (running == null) {
            answer.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        if (isBehindUnenforcedGate()) {
            answer.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            return;
        }
        running.doFilter(request, response, chain);
    }

    /** Looks again, because Tomcat starts an application before the valves of its engine and host, and a valve can be added later. */
    private boolean isBehindUnenforcedGate() {
        Check last = lastCheck;
        long now = System.nanoTime();
        if (last == null || now - last.nanoTime() >= CHECK_INTERVAL.toNanos()) {
            String before = last == null ? null : last.unenforced();
            last = new Check(now, unenforcedGate(application).orElse(null));
            lastCheck = last;
            if (last.unenforced() != null && !last.unenforced().equals(before)) {
                logger.log(
                        Level.ERROR, "TK-431 the console answers every request with 503: " + reason(last.unenforced()));
            }
        }
        return last.unenforced() != null;
    }

    private static String reason(String gate) {
        return "the gate [" + gate + "] in front of it does not refuse requests; expected mode=enforce";
    }

    @Override
    public void destroy() {
        ClientCertificateFilter running = filter;
        filter = null;
        if (running != null) {
            running.destroy();
        }
    }
}
