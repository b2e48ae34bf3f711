/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.servlet.DaemonThreads;
import io.github.thumbkeeper.servlet.RefreshThreads;
import io.github.thumbkeeper.servlet.WorkerThreads;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.tls.RunningGates;
import io.github.thumbkeeper.verdict.ErrorFormat;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.jspecify.annotations.Nullable;

/** A gate with the threads that keep it fresh. Safe to share between threads. */
final class RunningGate {

    private final System.Logger logger = System.getLogger(ClientCertificateValve.class.getName());
    private final Gate gate;
    private final Settings settings;
    private final WorkerThreads workers;
    private final Container container;
    private final TomcatSurroundings surroundings;
    private final UnguardedContexts watch;
    private final Set<String> toldOfLogin = ConcurrentHashMap.newKeySet();
    private final @Nullable RefreshThreads refresh;

    private RunningGate(
            Gate gate, Settings settings, WorkerThreads workers, Container container, TomcatSurroundings surroundings) {
        this.gate = gate;
        this.settings = settings;
        this.workers = workers;
        this.container = container;
        this.surroundings = surroundings;
        this.watch = UnguardedContexts.watch(surroundings);
        Duration interval = settings.refreshInterval();
        this.refresh = interval.isZero() ? null : new RefreshThreads(gate, interval, readers(container));
        RunningGates.started();
    }

    /**
     * Opens a gate for a container.
     *
     * @throws io.github.thumbkeeper.settings.SettingsException if the settings cannot be honoured
     * @throws LifecycleException if they do not go with what stands around the valve
     */
    static RunningGate start(Container container, Map<String, String> attributes) throws LifecycleException {
        TomcatSurroundings surroundings = new TomcatSurroundings(container);
        Settings settings =
                Settings.parse(attributes, new TomcatResources(surroundings.server(), surroundings.isContext()));
        refuseIfUnsafe(settings, surroundings);
        WorkerThreads workers = new WorkerThreads();
        Gate gate = settings.open(new Counters(), InstantSource.system(), workers);
        System.Logger logger = System.getLogger(ClientCertificateValve.class.getName());
        settings.warnings().forEach(warning -> logger.log(Level.WARNING, warning));
        surroundings
                .connectorsWithoutCertificates(!settings.asksConnectorsForCertificates())
                .forEach(warning -> logger.log(Level.WARNING, warning));
        surroundings.undeterminedHandshakes().forEach(warning -> logger.log(Level.WARNING, warning));
        surroundings.valvesToBewareOf().forEach(warning -> logger.log(Level.WARNING, warning));
        if (settings.errorFormat() == ErrorFormat.CONTAINER
                && surroundings.namesVersionInErrors(settings.refusalStatus())) {
            logger.log(
                    Level.WARNING,
                    "TK-418 errorFormat=container: the application has no error page for status ["
                            + settings.refusalStatus() + "], and Tomcat's own names its version; so refusals have the"
                            + " gate's own body, as with errorFormat=auto. Expected is an <error-page>, or"
                            + " showServerInfo=\"false\" at the Host's ErrorReportValve");
        }
        logger.log(
                Level.INFO,
                "TK-400 gate of [" + container.getName() + "] is up: " + gate.summary() + "; " + settings.summary());
        return new RunningGate(gate, settings, workers, container, surroundings);
    }

    Gate gate() {
        return gate;
    }

    Settings settings() {
        return settings;
    }

    boolean isWithinContext() {
        return container instanceof Context;
    }

    /** Returns whether Tomcat's own error page of this status would name its version. */
    boolean namesVersionInErrors(int status) {
        return surroundings.namesVersionInErrors(status);
    }

    /**
     * Returns whether an application, deployed after the valve had started perhaps, would log a request that passes without
     * admission in by a subject that nobody has proved.
     */
    boolean believesForgedSubjects(@Nullable Context context) {
        if (context == null
                || !TomcatSurroundings.hasClientCertLogin(context)
                || !deliversForgedSubjects(settings, surroundings)) {
            return false;
        }
        String name = TomcatSurroundings.name(context);
        if (toldOfLogin.add(name)) {
            logger.log(Level.ERROR, unsafeLogin(name));
        }
        return true;
    }

    void stop() {
        RunningGates.stopped();
        watch.stop();
        if (refresh != null) {
            refresh.close();
        }
        workers.close();
    }

    private static void refuseIfUnsafe(Settings settings, TomcatSurroundings surroundings) throws LifecycleException {
        List<String> problems = new ArrayList<>();
        if (settings.errorFormat() == ErrorFormat.CONTAINER && !surroundings.isContext()) {
            problems.add(
                    "TK-204 errorFormat: [container] gives an empty body at an Engine or a Host; accepted there are"
                            + " auto, problem and html");
        }
        surroundings
                .contextsWithEarlierLogin()
                .forEach(context -> problems.add("TK-402 application [" + context
                        + "] has an authenticator before this valve, so that it logs clients in, or shows them its login page,"
                        + " before the gate decides; expected is this valve before the authenticator, or at the Host"));
        if (deliversForgedSubjects(settings, surroundings)
                && !(settings.policy().refusesAllOthers() && settings.namesPrincipals())) {
            surroundings.contextsWithClientCertLogin().forEach(context -> problems.add(unsafeLogin(context)));
        }
        if (!problems.isEmpty()) {
            throw new LifecycleException("Thumbkeeper does not start:\n" + String.join("\n", problems));
        }
    }

    /** Proxies let any certificate through, and their own is not the client's. */
    private static boolean deliversForgedSubjects(Settings settings, TomcatSurroundings surroundings) {
        return settings.readsHeaders() || surroundings.deliversForgedSubjects();
    }

    private static String unsafeLogin(String context) {
        return "TK-402 application [" + context
                + "] has <auth-method>CLIENT-CERT</auth-method>, which believes the subject of any certificate, and the TLS"
                + " connector, an AJP peer or a header delivers certificates that nothing has verified; expected is a gate"
                + " that refuses all other requests: mode=enforce, noCertificate=refuse, corsPreflight=never, no exclude,"
                + " and a principal other than none";
    }

    /** Within a Context the names of {@code java:comp/env} are there only for a thread bound to it. */
    private static ThreadFactory readers(Container container) {
        ThreadFactory threads = new DaemonThreads("thumbkeeper-read", RunningGate.class.getClassLoader());
        return container instanceof Context context
                ? task -> threads.newThread(() -> runWithin(context, task))
                : threads;
    }

    private static void runWithin(Context context, Runnable task) {
        ClassLoader before = context.bind(false, null);
        try {
            task.run();
        } finally {
            context.unbind(false, before);
        }
    }
}
