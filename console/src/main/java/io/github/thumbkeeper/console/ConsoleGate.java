/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import io.github.thumbkeeper.console.gate.GateView;
import io.github.thumbkeeper.console.gate.Gates;
import io.github.thumbkeeper.console.list.ListLocation;
import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.filter.ClientCertificateFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The console's own gate: our filter over the store {@code admins}, which always enforces.
 *
 * <p>It does not start without administrators, or if a gate in front of the application only reports. Every response, refusals
 * too, has the {@link SecurityHeaders}.
 *
 * <p>Thread-safe once initialised.
 */
public final class ConsoleGate implements Filter {

    /** Attribute of the application with its {@link ManagedList}. */
    static final String LIST = ManagedList.class.getName();

    private volatile @Nullable ClientCertificateFilter filter;

    @Override
    public void init(FilterConfig config) throws ServletException {
        ServletContext context = config.getServletContext();
        ConsoleSettings settings = ConsoleSettings.of(context);
        refuseUnenforcedGates(context.getVirtualServerName() + context.getContextPath());
        // Here and not in the servlet: Tomcat serves an application whose servlet does not start.
        InstantSource clock = InstantSource.system();
        context.setAttribute(LIST, new ManagedList(ListLocation.open(context, clock), clock));
        ClientCertificateFilter started = new ClientCertificateFilter(settings.gate());
        started.init(config);
        filter = started;
    }

    /** A gate of a valve is named after its engine, host or context, so its name begins the name of the application. */
    private static void refuseUnenforcedGates(String application) throws ServletException {
        Optional<GateView> reporting = Gates.ofThisJvm().all().stream()
                .filter(gate -> !gate.enforces() && isInFrontOf(gate.name(), application))
                .findFirst();
        if (reporting.isPresent()) {
            throw new ServletException("TK-431 the console does not start: the gate ["
                    + reporting.get().name() + "] in front of it has mode="
                    + reporting.get().mode() + "; expected enforce");
        }
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
        running.doFilter(request, response, chain);
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
