/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.Mode;
import io.github.thumbkeeper.servlet.ErrorResponseWriter;
import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.settings.Settings.ExistingPrincipal;
import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.ErrorResponse;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Verdict;
import io.github.thumbkeeper.verdict.Verdict.Admitted;
import io.github.thumbkeeper.verdict.Verdict.Exempt;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.System.Logger.Level;
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
 * <pre>{@code
 * <Valve className="io.github.thumbkeeper.valve.ClientCertificateValve"
 *        thumbprints="sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"/>
 * }</pre>
 *
 * <p>The attributes are the settings of {@link io.github.thumbkeeper.settings.Setting}. An attribute that is unknown or
 * malformed stops the start, whatever {@code throwOnFailure} says; and while no gate is running every request gets 503.
 *
 * <p>Safe to share between threads once started.
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
     * Takes a setting. Tomcat calls this for every attribute it finds no setter for, and only warns about what goes wrong: so
     * all are judged at the start.
     *
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
            Unadmitted.strip(request, !isShown(verdict, now));
            getNext().invoke(request, response);
        }
    }

    /**
     * Takes the container.
     *
     * @throws IllegalStateException if the valve has been removed from a container: it cannot start again, and a running
     *     container would drop it and serve without it
     */
    @Override
    public void setContainer(@Nullable Container container) {
        if (container != null && getState() == LifecycleState.DESTROYED) {
            throw new IllegalStateException(
                    "a removed gate cannot be added again; expected is a new ClientCertificateValve");
        }
        super.setContainer(container);
    }

    @Override
    protected void startInternal() throws LifecycleException {
        boolean asyncOff = !isAsyncSupported();
        setThrowOnFailure(true);
        try {
            if (asyncOff) {
                throw new LifecycleException("asyncSupported: [false] is not accepted; every request passes here");
            }
            running = RunningGate.start(getContainer(), attributes);
        } catch (Throwable e) {
            failToStart(e);
        }
        super.startInternal();
    }

    /**
     * A container that starts fails with its valve. A running one drops a valve whose start fails and serves without it: so this
     * one starts, without a gate, and answers 503.
     */
    private void failToStart(Throwable problem) throws LifecycleException {
        if (!isPipelineRunning()) {
            throw problem instanceof LifecycleException e ? e : new LifecycleException(problem.getMessage(), problem);
        }
        System.getLogger(ClientCertificateValve.class.getName())
                .log(
                        Level.ERROR,
                        "TK-300 no gate is running at [" + getContainer().getName() + "], every request gets 503: "
                                + problem.getMessage());
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
     * Leaves the verdict where the access log finds it. Only the connector's part of the request is told: listeners of the
     * application would hear of an attribute of Catalina's part, and a refused request runs no code of the application.
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

    /** Shows no page of Tomcat that names its version to strangers. */
    private static void refuse(ErrorResponse error, RunningGate now, Request request, Response response)
            throws IOException {
        if (error.format() == ErrorFormat.CONTAINER && !now.namesVersionInErrors(error.status())) {
            Unadmitted.removePrincipal(request);
            Unadmitted.hideFromErrorPage(request, error.status());
            ErrorResponseWriter.write(error, request, response);
        } else {
            ErrorResponseWriter.writeOwnBody(error, request, response);
        }
    }

    /** Where nothing has been decided, the certificate may be that of a proxy. */
    private static boolean isShown(Verdict verdict, RunningGate now) {
        boolean undecided = verdict instanceof Exempt && now.settings().readsHeaders();
        return now.gate().policy().mode() == Mode.ANNOTATE && !undecided;
    }

    /** Without a principal of ours the application's own login looks for one. */
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
     * user out, and another one in. Without a principal the application's own login looks for one.
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
            Unadmitted.cleanSession(request);
        }
    }
}
