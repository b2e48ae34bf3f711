/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.GateMonitor;
import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.servlet.DaemonThreads;
import io.github.thumbkeeper.servlet.RefreshThreads;
import io.github.thumbkeeper.servlet.WorkerThreads;
import io.github.thumbkeeper.settings.OpenGate;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.settings.SettingsException;
import io.github.thumbkeeper.setup.ApplicationSetup;
import io.github.thumbkeeper.setup.PasswordWarnings;
import io.github.thumbkeeper.tls.RunningGates;
import io.github.thumbkeeper.verdict.ErrorFormat;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import org.apache.catalina.Container;
import org.apache.catalina.Context;
import org.jspecify.annotations.Nullable;

/**
 * A gate that is running in Tomcat, with its threads and the watch for applications without a gate. Thread-safe.
 *
 * <p>{@link #start} is the valve's start-up: parse the settings, inspect the environment, read the stores, log the summary.
 */
final class RunningGate {

    private final System.Logger logger = LogTopic.GATE.logger();
    private final Gate gate;
    private final Settings settings;
    private final WorkerThreads workers;
    private final Container container;
    private final TomcatEnvironment environment;
    private final UnguardedContexts watch;
    private final Set<String> reportedLogins = ConcurrentHashMap.newKeySet();
    private final RefreshThreads refresh;
    private final GateMonitor monitor;

    private RunningGate(
            OpenGate open,
            Settings settings,
            WorkerThreads workers,
            Container container,
            TomcatEnvironment environment) {
        this.gate = open.gate();
        this.settings = settings;
        this.workers = workers;
        this.container = container;
        this.environment = environment;
        this.watch = UnguardedContexts.watch(environment);
        this.refresh = new RefreshThreads(gate, settings.refreshInterval(), readers(container));
        this.monitor = open.monitor(refresh::readNow);
        monitor.register();
        RunningGates.started();
    }

    /**
     * Opens a gate for a container.
     *
     * @param problems found already; they stop the start, and are reported with all others
     * @throws SettingsException if a setting is wrong, or a store cannot be read,
     *     or if they are unsafe in the valve's environment
     */
    static RunningGate start(Container container, Map<String, String> attributes, List<String> problems) {
        TomcatEnvironment environment = new TomcatEnvironment(container);
        Settings settings = parse(attributes, environment, problems);
        WorkerThreads workers = new WorkerThreads();
        String name = TomcatEnvironment.gateName(container);
        OpenGate open = settings.open(name, InstantSource.system(), workers);
        System.Logger logger = LogTopic.GATE.logger();
        warnings(attributes, settings, open.gate(), environment)
                .forEach(warning -> logger.log(Level.WARNING, open.gate().name().after(warning)));
        logger.log(
                Level.INFO,
                "TK-400 gate of [" + name + "] is up: " + open.gate().summary() + "; " + settings.summary());
        return new RunningGate(open, settings, workers, container, environment);
    }

    private static List<String> warnings(
            Map<String, String> attributes, Settings settings, Gate gate, TomcatEnvironment environment) {
        List<String> warnings = new ArrayList<>(settings.warnings());
        warnings.addAll(PasswordWarnings.plain(attributes));
        warnings.addAll(environment.connectorsWithoutCertificates(!settings.asksConnectorsForCertificates()));
        if (settings.asksConnectorsForCertificates()) {
            warnings.addAll(environment.defaultAuthorities());
        }
        warnings.addAll(environment.undeterminedHandshakes());
        warnings.addAll(environment.listedAuthorities(gate::lists));
        warnings.addAll(environment.unsafeValves());
        if (settings.errorFormat() == ErrorFormat.CONTAINER
                && environment.namesVersionInErrors(settings.refusalStatus())) {
            warnings.add("TK-418 errorFormat=container: the application has no error page for status ["
                    + settings.refusalStatus() + "], and Tomcat's own names its version; so refusals have the"
                    + " gate's own body, as with errorFormat=auto. Expected an <error-page>, or"
                    + " showServerInfo=\"false\" at the Host's ErrorReportValve");
        }
        return warnings;
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
        return environment.namesVersionInErrors(status);
    }

    /**
     * Returns whether an application, perhaps deployed after the start of the valve, would log in a request that passes without
     * admission, by a certificate subject that nothing has verified.
     */
    boolean believesForgedSubjects(@Nullable Context context) {
        if (context == null
                || !TomcatEnvironment.hasClientCertLogin(context)
                || !deliversForgedSubjects(settings, environment)) {
            return false;
        }
        String name = TomcatEnvironment.name(context);
        if (reportedLogins.add(name)) {
            logger.log(Level.ERROR, ApplicationSetup.unsafeLogin(name));
        }
        return true;
    }

    void stop() {
        RunningGates.stopped();
        monitor.close();
        watch.stop();
        refresh.close();
        workers.close();
    }

    private static Settings parse(Map<String, String> attributes, TomcatEnvironment environment, List<String> earlier) {
        Settings settings;
        try {
            settings = Settings.parse(attributes, new TomcatResources(environment.server(), environment.isContext()));
        } catch (SettingsException e) {
            throw e.after(earlier);
        }
        List<String> problems = new ArrayList<>(earlier);
        problems.addAll(unsafe(settings, environment));
        if (!problems.isEmpty()) {
            throw SettingsException.of(problems);
        }
        return settings;
    }

    /** Returns the settings that are unsafe in the valve's environment. */
    private static List<String> unsafe(Settings settings, TomcatEnvironment environment) {
        List<String> problems = new ArrayList<>();
        if (settings.errorFormat() == ErrorFormat.CONTAINER && !environment.isContext()) {
            problems.add("TK-204 errorFormat: [container] gives an empty body at an Engine or a Host; expected"
                    + " auto, problem or html there");
        }
        environment.contextsWithEarlierLogin().forEach(context -> problems.add(ApplicationSetup.earlierLogin(context)));
        if (deliversForgedSubjects(settings, environment)
                && !(settings.policy().refusesAllOthers() && settings.namesPrincipals())) {
            environment
                    .contextsWithClientCertLogin()
                    .forEach(context -> problems.add(ApplicationSetup.unsafeLogin(context)));
        }
        return problems;
    }

    /** A proxy may forward a certificate that it has not verified, and its own certificate is not the client's. */
    private static boolean deliversForgedSubjects(Settings settings, TomcatEnvironment environment) {
        return settings.readsHeaders() || environment.deliversForgedSubjects();
    }

    /** Within a Context, {@code java:comp/env} exists only on a thread that is bound to the Context. */
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
