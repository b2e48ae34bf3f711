/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.GatePolicy;
import io.github.thumbkeeper.Mode;
import io.github.thumbkeeper.ReloadingRules;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.observe.AuditLog;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.observe.DailyReminder;
import io.github.thumbkeeper.observe.GateListener;
import io.github.thumbkeeper.observe.HourlyWarnings;
import io.github.thumbkeeper.observe.OutageLog;
import io.github.thumbkeeper.store.ReloadPolicy;
import io.github.thumbkeeper.store.StoreConfig;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.Stores;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The settings of one gate, complete and free of contradictions.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Settings {

    /** What the container does with a principal that is there already when a request is admitted. */
    public enum ExistingPrincipal {
        /** The identity of the certificate takes its place. */
        REPLACE,
        /** It stays. */
        KEEP
    }

    private final GatePolicy policy;
    private final List<StoreConfig> stores;
    private final IdentityMapper identities;
    private final ReloadPolicy rules;
    private final RuleSettings.Source identityRules;
    private final TrustSettings.Source trust;
    private final ProxyPlan proxies;
    private final Duration refreshInterval;
    private final ExistingPrincipal existingPrincipal;
    private final ErrorFormat errorFormat;
    private final List<String> warnings;
    private final String summary;

    Settings(SettingsParser parser) {
        this.policy = parser.policy();
        this.stores = parser.stores();
        this.identities = parser.identities();
        this.rules = parser.rules();
        this.identityRules = parser.identityRules();
        this.trust = parser.trust();
        this.proxies = parser.proxies();
        this.refreshInterval = parser.refreshInterval();
        this.existingPrincipal = parser.existingPrincipal();
        this.errorFormat = parser.errorFormat();
        this.warnings = parser.warnings();
        this.summary = parser.summary();
    }

    /**
     * Understands settings.
     *
     * @param given the settings by name, as {@link Setting} lists them
     * @param resources what the container lends to find files and JNDI names
     * @throws SettingsException if any setting is unknown, malformed or contradicts another; it lists every problem
     */
    public static Settings parse(Map<String, String> given, ContainerResources resources) {
        requireModules();
        return SettingsParser.parse(given, resources, InstantSource.system());
    }

    static Settings parse(Map<String, String> given, ContainerResources resources, InstantSource clock) {
        return SettingsParser.parse(given, resources, clock);
    }

    /**
     * Makes sure that the Java runtime has what every gate needs: one that was made with jlink may lack it.
     *
     * @throws SettingsException if it lacks a module; the message names it
     */
    public static void requireModules() {
        if (ModuleLayer.boot().findModule("java.naming").isEmpty()) {
            throw new SettingsException(List.of(
                    "TK-205 this Java runtime lacks the module java.naming; accepted is one that has it, for instance"
                            + " made with jlink --add-modules java.naming"));
        }
    }

    /**
     * Reads all stores and opens the gate, which is lent no executor: if it has to ask others whether a certificate is revoked,
     * nobody answers.
     *
     * @param counters what counts the decisions
     * @param clock what dates are compared with
     * @throws SettingsException if a store cannot be read completely or lists nothing, unless storeUnavailable lets the gate
     *     start all the same
     */
    public Gate open(Counters counters, InstantSource clock) {
        return open(counters, clock, System::nanoTime, Settings::reject);
    }

    /**
     * Reads all stores and opens the gate.
     *
     * @param counters what counts the decisions
     * @param clock what dates are compared with
     * @param executor runs what is to be done when responders answer; its threads may be held up for some seconds by the
     *     looking up of names
     * @throws SettingsException if a store cannot be read completely or lists nothing, unless storeUnavailable lets the gate
     *     start all the same
     */
    public Gate open(Counters counters, InstantSource clock, Executor executor) {
        return open(counters, clock, System::nanoTime, executor);
    }

    Gate open(Counters counters, InstantSource clock, LongSupplier ticker) {
        return open(counters, clock, ticker, Settings::reject);
    }

    private static void reject(Runnable task) {
        throw new RejectedExecutionException("this gate has been lent no executor");
    }

    private Gate open(Counters counters, InstantSource clock, LongSupplier ticker, Executor executor) {
        Stores all = new Stores(stores, identities, rules, clock, ticker);
        ReloadingRules book = identityRules.book(clock, ticker);
        Supplier<String> summary = () -> Gate.summary(all, book);
        List<GateListener> listeners = new ArrayList<>(List.of(
                counters, new AuditLog(summary, clock), new OutageLog(summary, clock), new HourlyWarnings(clock)));
        if (policy.mode() != Mode.ENFORCE) {
            listeners.add(new DailyReminder(SettingValues.spelling(policy.mode()), clock));
        }
        try {
            return new Gate(
                    policy, proxies.open(clock), all, book, trust.book(clock, ticker, executor), listeners, clock);
        } catch (StoreException e) {
            List<String> problems = String.valueOf(e.getMessage())
                    .lines()
                    .map(line -> "TK-302 " + line)
                    .toList();
            throw new SettingsException(problems, e);
        }
    }

    /** Returns what the gate is told to do, besides the list. */
    public GatePolicy policy() {
        return policy;
    }

    /** Returns whether an admitted request gets a principal of ours. */
    public boolean namesPrincipals() {
        return identities.namesPrincipals();
    }

    /** Returns whether certificates come from a header field. */
    public boolean readsHeaders() {
        return proxies.header() != null;
    }

    /** Returns whether certificates of TLS connections are asked for, the clients' or the proxies'. */
    public boolean asksConnectorsForCertificates() {
        return !readsHeaders() || !proxies.pins().isEmpty();
    }

    /**
     * Refuses to judge peers by their addresses alone, for an adapter that cannot know the peer of the socket.
     *
     * @throws SettingsException if nothing but the address decides which proxy is trusted
     */
    public void requireMoreThanAddresses() {
        if (proxies.needsPeer()) {
            throw new SettingsException(
                    List.of("TK-204 trustedProxies: a filter does not know the peer of the socket, only"
                            + " getRemoteAddr(), which RemoteIpValve and others rewrite; accepted is trustedProxyThumbprints"
                            + " besides, or trustedProxiesByRemoteAddr=true if nothing before the filter rewrites it"));
        }
    }

    /** Returns how often the gate is to be refreshed; zero means never. */
    public Duration refreshInterval() {
        return refreshInterval;
    }

    /** Returns what becomes of a principal that is there already. */
    public ExistingPrincipal existingPrincipal() {
        return existingPrincipal;
    }

    /** Returns the HTTP status of a refusal. */
    public int refusalStatus() {
        return policy.errors().apply(Reason.NOT_LISTED).status();
    }

    /** Returns the form of the body of a refusal. */
    public ErrorFormat errorFormat() {
        return errorFormat;
    }

    /** Returns what the administrator should know although the gate starts, each a sentence that begins with its code. */
    public List<String> warnings() {
        return warnings;
    }

    /** Returns the effective settings in one line, without secrets. */
    public String summary() {
        return summary;
    }
}
