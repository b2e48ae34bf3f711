/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.Mode;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.servlet.ErrorResponseWriter;
import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.settings.Setting;
import io.github.thumbkeeper.settings.Settings.ExistingPrincipal;
import io.github.thumbkeeper.settings.StartFailure;
import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.ErrorResponse;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Verdict;
import io.github.thumbkeeper.verdict.Verdict.Admitted;
import io.github.thumbkeeper.verdict.Verdict.Exempt;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.catalina.Container;
import org.apache.catalina.Lifecycle;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;

/**
 * Admits requests by the thumbprint of the client certificate, for an Engine, a Host or a Context of Tomcat 10.1 and 11.
 *
 * <p>In the application's {@code META-INF/context.xml}:
 *
 * <pre>{@code
 * <Context>
 *   <Valve className="io.github.thumbkeeper.valve.ClientCertificateValve"
 *          thumbprints="sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"/>
 * </Context>
 * }</pre>
 *
 * <p>The attributes are the settings of {@link Setting}, with its units: a duration is a whole number and {@code s}, {@code m}
 * or {@code h}. All settings are checked at the start. An unknown or malformed attribute, or a store that cannot be read, stops
 * the start whatever {@code throwOnFailure} says, and the log lists every problem.
 *
 * <p>The valve refuses a request with 401 (setting {@code denyStatus}) and the reason in the log only, and calls no code of the
 * application for it. While no gate is running, it refuses every request with 503. An admitted request gets a principal, so that
 * {@code <auth-constraint>} works with its roles, and the attributes of {@link RequestAttributes}.
 *
 * <p>The valve reads the stores again in its own daemon threads, every {@code refreshInterval}; they end when the valve stops.
 *
 * <p>Thread-safe once started; set the attributes before, from one thread.
 *
 * @see Setting
 * @see AnyClientCertificateTrustManager
 */
public final class ClientCertificateValve extends ValveBase {

    private final String admission = ClientCertificateValve.class.getName() + "." + UUID.randomUUID();
    private final Map<String, String> attributes = new TreeMap<>();
    private volatile @Nullable RunningGate running;

    /** Makes a valve that supports asynchronous requests. */
    public ClientCertificateValve() {
        super(true);
    }

    /**
     * Sets a setting; an embedding application calls this before the start. Tomcat calls it for every attribute without a setter
     * of its own. Tomcat would only log an exception thrown here, so the values are checked at the start.
     *
     * @param name the name of a {@link Setting}
     * @return true; the start refuses unknown names
     * @throws IllegalStateException if the valve is running
     */
    public boolean setProperty(String name, String value) {
        if (getState().isAvailable()) {
            throw new IllegalStateException("the settings of a running gate cannot be changed");
        }
        attributes.put(name, value);
        return true;
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        RunningGate now = running;
        if (now == null || getState() != LifecycleState.STARTED) {
            ErrorResponseWriter.writeUnavailable(request, response);
            return;
        }
        if (request.getNote(admission) instanceof Admitted) {
            passAgain(now, request, response);
            return;
        }
        TomcatExchange exchange = new TomcatExchange(request, now.isWithinContext(), admission);
        Verdict verdict = verdict(now, exchange, request);
        if (verdict.errorResponse() != null) {
            refuse(verdict.errorResponse(), now, request, response);
        } else if (!isNamed(verdict) && now.believesForgedSubjects(request.getContext())) {
            ErrorResponseWriter.writeUnavailable(request, response);
        } else if (verdict instanceof Admitted admitted) {
            exchange.showForwarded();
            setPrincipal(request, admitted, now);
            pass(request, response);
        } else {
            exchange.showForwarded();
            IdentityRemoval.strip(request, !isShown(verdict, now));
            getNext().invoke(request, response);
        }
    }

    /**
     * Sets the container.
     *
     * @throws IllegalStateException if the valve has been removed from a container: it cannot start again, and a running
     *     container would drop it and serve without it
     */
    @Override
    public void setContainer(@Nullable Container container) {
        if (container != null && getState() == LifecycleState.DESTROYED) {
            throw new IllegalStateException(
                    "a removed gate cannot be added again; expected a new ClientCertificateValve");
        }
        super.setContainer(container);
    }

    @Override
    protected void startInternal() throws LifecycleException {
        boolean asyncOff = !isAsyncSupported();
        setThrowOnFailure(true);
        List<String> problems = asyncOff
                ? List.of(
                        "TK-204 asyncSupported: [false] would break asynchronous requests, because every request passes"
                                + " through this valve; expected true")
                : List.of();
        try {
            running = RunningGate.start(getContainer(), attributes, problems);
        } catch (Throwable e) {
            failToStart(e);
        }
        super.startInternal();
    }

    /**
     * Fails the start together with the container, or, in a running container, starts without a gate and answers 503: Tomcat
     * would drop a valve whose start fails, and serve without it.
     */
    private void failToStart(Throwable problem) throws LifecycleException {
        System.Logger logger = LogTopic.GATE.logger();
        String place = TomcatEnvironment.gateName(getContainer());
        if (!isPipelineRunning()) {
            throw StartFailure.log(logger, "TK-200 gate of [" + place + "] does not start", problem)
                    .as(LifecycleException::new);
        }
        StartFailure.log(logger, "TK-300 no gate is running at [" + place + "], so every request gets 503", problem);
    }

    private boolean isPipelineRunning() {
        return getContainer().getPipeline() instanceof Lifecycle pipeline
                && pipeline.getState().isAvailable();
    }

    /** Returns whether this gate takes certificates from the header of a proxy. */
    boolean readsHeaders() {
        RunningGate now = running;
        return now != null && now.settings().readsHeaders();
    }

    @Override
    protected void stopInternal() throws LifecycleException {
        RunningGate before = running;
        running = null;
        if (before != null) {
            before.stop();
        }
        super.stopInternal();
    }

    /**
     * Decides, and sets the attributes for the access log on the connector's request. Attributes of Catalina's request would
     * notify listeners of the application, and a refused request must not run any code of the application.
     */
    private static Verdict verdict(RunningGate now, TomcatExchange exchange, Request request) {
        Verdict verdict = now.gate().decide(exchange);
        RemovedHeaders.remove(request, now.gate().hidden(exchange));
        Map<String, Object> attributes = request.getCoyoteRequest().getAttributes();
        RequestAttributes.set(verdict, (name, value) -> {
            if (value == null) {
                attributes.remove(name);
            } else {
                attributes.put(name, value);
            }
        });
        return verdict;
    }

    /** Writes the response, with our own body if Tomcat's error page would show its version. */
    private static void refuse(ErrorResponse error, RunningGate now, Request request, Response response)
            throws IOException {
        if (error.format() == ErrorFormat.CONTAINER && !now.namesVersionInErrors(error.status())) {
            IdentityRemoval.removePrincipal(request);
            IdentityRemoval.hideFromErrorPage(request, error.status());
            ErrorResponseWriter.write(error, request, response);
        } else {
            ErrorResponseWriter.writeOwnBody(error, request, response);
        }
    }

    /** Returns whether the application sees the certificate. Without a decision it may be the certificate of a proxy. */
    private static boolean isShown(Verdict verdict, RunningGate now) {
        boolean undecided = verdict instanceof Exempt && now.settings().readsHeaders();
        return now.gate().policy().mode() == Mode.ANNOTATE && !undecided;
    }

    /** Returns whether the request gets a principal of ours. If not, the application's own login runs. */
    private static boolean isNamed(Verdict verdict) {
        return verdict instanceof Admitted admitted && admitted.identity().name() != null;
    }

    private void setPrincipal(Request request, Admitted admitted, RunningGate now) {
        request.setNote(admission, admitted);
        Identity identity = admitted.identity();
        boolean keep = now.settings().existingPrincipal() == ExistingPrincipal.KEEP && request.getPrincipal() != null;
        if (identity.name() != null && !keep) {
            request.setUserPrincipal(new ClientCertificatePrincipal(identity.name(), identity));
            request.setAuthType(HttpServletRequest.CLIENT_CERT_AUTH);
        }
    }

    /**
     * Passes a later dispatch of an admitted request with the principal that it has now: the application may have logged the
     * user out, and another one in. Without a principal the application's own login runs.
     */
    private void passAgain(RunningGate now, Request request, Response response) throws IOException, ServletException {
        if (request.getPrincipal() == null && now.believesForgedSubjects(request.getContext())) {
            ErrorResponseWriter.writeUnavailable(request, response);
        } else {
            pass(request, response);
        }
    }

    private void pass(Request request, Response response) throws IOException, ServletException {
        try {
            getNext().invoke(request, response);
        } finally {
            IdentityRemoval.cleanSession(request);
        }
    }
}
