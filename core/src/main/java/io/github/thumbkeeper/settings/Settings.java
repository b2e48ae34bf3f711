/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.Expirations;
import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.GatePolicy;
import io.github.thumbkeeper.Mode;
import io.github.thumbkeeper.ReloadingRules;
import io.github.thumbkeeper.ReloadingTrust;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.text.ParsedDigests;
import io.github.thumbkeeper.certificate.text.PublicKeyPinParser;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.observe.AuditLog;
import io.github.thumbkeeper.observe.Counters;
import io.github.thumbkeeper.observe.DailyReminder;
import io.github.thumbkeeper.observe.ExpiryWatch;
import io.github.thumbkeeper.observe.GateListener;
import io.github.thumbkeeper.observe.HourlyWarnings;
import io.github.thumbkeeper.observe.OutageLog;
import io.github.thumbkeeper.observe.RecentRefusals;
import io.github.thumbkeeper.rule.RuleContext;
import io.github.thumbkeeper.source.CertificateSource;
import io.github.thumbkeeper.store.InlineStore;
import io.github.thumbkeeper.store.ReloadPolicy;
import io.github.thumbkeeper.store.StoreConfig;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.Stores;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one gate, complete and free of contradictions: the way from a map of strings to a running {@link Gate}.
 *
 * <pre>{@code
 * Settings settings = Settings.parse(Map.of("thumbprints", thumbprint), resources);
 * settings.warnings().forEach(warning -> logger.log(Level.WARNING, warning));
 * Gate gate = settings.open(new Counters(), InstantSource.system(), workers);
 * }</pre>
 *
 * <p>Parsing is strict: it reports every unknown, malformed and contradictory setting in one {@link SettingsException}, and
 * never falls back to a default for one that is set. It reads {@code settingsFile} and password files, but no store; {@link
 * #open} reads the stores.
 *
 * <p>Immutable and thread-safe.
 *
 * @see Setting
 * @see io.github.thumbkeeper.store.location.ContainerResources
 */
public final class Settings {

    /** What to do with the principal that an admitted request already has. */
    public enum ExistingPrincipal {
        /** Replace it by the identity of the certificate. */
        REPLACE,
        /** Keep it. */
        KEEP
    }

    /** The settings whose entries the gate's own summary counts. */
    private static final Set<Setting> COUNTED = Set.of(Setting.THUMBPRINTS, Setting.PUBLIC_KEY_PINS);

    private final SettingValues values = new SettingValues();
    private final List<String> warnings = new ArrayList<>();
    private final List<StoreConfig> stores = new ArrayList<>();
    private final GatePolicy policy;
    private final ReloadPolicy reloadPolicy;
    private final TrustSettings.Source trust;
    private final ProxyPlan proxies;
    private final IdentityMapper identities;
    private final RuleSettings.Source rules;
    private final RoleSettings.Source roles;
    private final ExistingPrincipal existingPrincipal;
    private final ErrorFormat errorFormat;

    /** Reads every setting once. The parts of the gate are usable only if no problem was found. */
    private Settings(Map<String, String> given, ContainerResources resources, InstantSource clock) {
        values.add(given, "the configuration");
        new SettingsFile(resources).addTo(values);
        values.checkSyntax();
        values.checkOwners();
        stores.addAll(inlineStore(Setting.THUMBPRINTS, ThumbprintParser::parseList));
        stores.addAll(inlineStore(Setting.PUBLIC_KEY_PINS, PublicKeyPinParser::parseList));
        StoreSettings storeSettings = new StoreSettings(values, resources, clock);
        stores.addAll(storeSettings.stores());
        reloadPolicy = storeSettings.reloadPolicy();
        stores.addAll(new DenySettings(values, warnings).stores(storeSettings, reloadPolicy.allowEmpty()));
        requireSomeList();
        policy = new PolicySettings(values, warnings).read();
        trust = new TrustSettings(values, resources, clock)
                .read(policy.dates(), policy.constraints().signatures());
        proxies = new ProxySettings(values, warnings).read(policy.dates().clockSkew());
        identities = identityMapper();
        rules = new RuleSettings(values, resources, warnings).read(ruleContext(), reloadPolicy.allowEmpty());
        roles = new RoleSettings(values, resources).read();
        existingPrincipal = values.choice(Setting.EXISTING_PRINCIPAL, ExistingPrincipal.class);
        errorFormat = values.choice(Setting.ERROR_FORMAT, ErrorFormat.class);
    }

    /**
     * Parses settings.
     *
     * @param given the settings by name, as {@link Setting} lists them
     * @param resources finds the container's files and JNDI names
     * @throws SettingsException if a setting is unknown, malformed or contradicts another; its message lists every problem
     */
    public static Settings parse(Map<String, String> given, ContainerResources resources) {
        requireModules();
        return parse(given, resources, InstantSource.system());
    }

    static Settings parse(Map<String, String> given, ContainerResources resources, InstantSource clock) {
        Settings settings = new Settings(given, resources, clock);
        if (!settings.values.problems().isEmpty()) {
            throw new SettingsException(settings.values.problems());
        }
        return settings;
    }

    private <T extends CertificateDigest> List<StoreConfig> inlineStore(
            Setting setting, Function<String, ParsedDigests<T>> parseList) {
        String text = values.text(setting);
        if (text == null) {
            return List.of();
        }
        ParsedDigests<T> parsed = parseList.apply(text);
        parsed.problems().forEach(problem -> values.problem(setting, problem));
        parsed.warnings().forEach(warning -> warnings.add("TK-403 " + setting.key() + ": " + warning));
        return List.of(StoreConfig.inSettings(new InlineStore(setting.key(), parsed.digests())));
    }

    /** Reports nothing if a name is unknown: it may be the misspelt name of a list. */
    private void requireSomeList() {
        boolean none = SettingValues.LISTS.stream().noneMatch(values::isSet);
        if (none && !reloadPolicy.allowEmpty() && !values.isIncomplete()) {
            values.conflict(
                    Setting.STORE, "no certificate is listed; set thumbprints, publicKeyPins, store or identities");
        }
    }

    private IdentityMapper identityMapper() {
        IdentityMapper mapper = new IdentityMapper(
                values.choice(Setting.PRINCIPAL, PrincipalSource.class),
                Set.copyOf(rolesOfAll()),
                values.isOn(Setting.VALIDATE_TRUST));
        for (Setting setting : List.of(Setting.ROLES, Setting.ROLE_MAPPING)) {
            if (!mapper.namesPrincipals() && values.isSet(setting)) {
                values.conflict(
                        setting, "gives roles to a principal, but principal is [none]; expected one of the two");
            }
        }
        return mapper;
    }

    private List<String> rolesOfAll() {
        List<String> roles = values.members(Setting.ROLES, SettingValues.COMMAS);
        roles.stream()
                .filter(role -> Identity.isReservedRole(role) || !role.chars().allMatch(c -> c > ' ' && c != 0x7F))
                .forEach(
                        role -> values.problem(
                                Setting.ROLES,
                                SafeText.quoted(role)
                                        + " is not the name of a role; expected names without blanks, separated by commas, other than * and **"));
        return roles;
    }

    private RuleContext ruleContext() {
        return new RuleContext(
                identities.verified(), identities.principal().isTakenFromCertificate(), values.isSet(Setting.STORE));
    }

    /**
     * Checks that the Java runtime has the modules that every gate needs; a runtime made with jlink may lack one.
     *
     * @throws SettingsException if a module is missing; the message names it
     */
    public static void requireModules() {
        if (ModuleLayer.boot().findModule("java.naming").isEmpty()) {
            throw new SettingsException(
                    List.of("TK-205 this Java runtime lacks the module java.naming; expected a runtime with it, for"
                            + " example made with jlink --add-modules java.naming"));
        }
    }

    /**
     * Reads all stores and opens the gate without an executor: it cannot check revocation online.
     *
     * @param counters counts the decisions
     * @param clock the time that dates are compared with
     * @throws SettingsException if a store cannot be read completely or lists no entries, unless storeUnavailable lets the
     *     gate start without it
     */
    public Gate open(Counters counters, InstantSource clock) {
        return open("", counters, clock, System::nanoTime, Settings::reject).gate();
    }

    /**
     * Reads all stores and opens the gate.
     *
     * @param counters counts the decisions
     * @param clock the time that dates are compared with
     * @param executor processes OCSP responses and CRLs; a host name lookup may block one of its threads for some seconds
     * @throws SettingsException if a store cannot be read completely or lists no entries, unless storeUnavailable lets the
     *     gate start without it
     */
    public Gate open(Counters counters, InstantSource clock, Executor executor) {
        return open("", counters, clock, System::nanoTime, executor).gate();
    }

    /**
     * Reads all stores and opens the gate, with all that an administrator can see of it.
     *
     * @param name the name of the gate in the log and in JMX
     * @param clock the time that dates are compared with
     * @param executor processes OCSP responses and CRLs; a host name lookup may block one of its threads for some seconds
     * @throws SettingsException if a store cannot be read completely or lists no entries, unless storeUnavailable lets the
     *     gate start without it
     */
    public OpenGate open(String name, InstantSource clock, Executor executor) {
        return open(name, new Counters(), clock, System::nanoTime, executor);
    }

    Gate open(Counters counters, InstantSource clock, LongSupplier ticker) {
        return open("", counters, clock, ticker, Settings::reject).gate();
    }

    private static void reject(Runnable task) {
        throw new RejectedExecutionException("this gate was opened without an executor");
    }

    private OpenGate open(String name, Counters counters, InstantSource clock, LongSupplier ticker, Executor executor) {
        Stores all = new Stores(List.copyOf(stores), identities, reloadPolicy, clock, ticker);
        ReloadingRules book = rules.book(clock, ticker);
        ReloadingTrust trusted = trust.book(new GateName(name), clock, ticker, executor);
        CertificateSource source = proxies.open(clock);
        Expirations expirations = new Expirations(all, trusted, source);
        RecentRefusals refusals = new RecentRefusals(clock);
        List<GateListener> listeners = new ArrayList<>(List.of(counters, refusals));
        listeners.addAll(logs(name, () -> Gate.summary(all, book), expirations, clock));
        try {
            Gate gate = new Gate(
                    new GateName(name),
                    policy,
                    source,
                    all,
                    book,
                    roles.open(clock, ticker),
                    trusted,
                    listeners,
                    clock);
            return new OpenGate(name, gate, counters, refusals, expirations, expiryWarning(), clock);
        } catch (StoreException e) {
            List<String> problems =
                    e.problems().stream().map(problem -> "TK-302 " + problem).toList();
            throw new SettingsException(problems, e);
        }
    }

    private List<GateListener> logs(
            String name, Supplier<String> summary, Expirations expirations, InstantSource clock) {
        GateName gate = new GateName(name);
        List<GateListener> logs = new ArrayList<>(List.of(
                new AuditLog(name, missing(), summary, clock),
                new OutageLog(gate, summary, clock),
                new HourlyWarnings(gate, clock)));
        if (policy.mode() != Mode.ENFORCE) {
            logs.add(new DailyReminder(gate, ValueSyntax.spelling(policy.mode()), clock));
        }
        if (!expiryWarning().isZero()) {
            logs.add(new ExpiryWatch(gate, expirations::before, expiryWarning(), clock));
        }
        return logs;
    }

    /** Returns what a request without a certificate lacks, and what to do about it. */
    private String missing() {
        return readsHeaders()
                ? "the trusted proxy sent none in its header field; expected a proxy that asks clients for a certificate and"
                        + " forwards it, and a client that has one"
                : "expected a TLS connector that asks for one, in Tomcat with certificateVerification=\"optional\" or"
                        + " \"required\", and a client that has one which the connector accepts";
    }

    private Duration expiryWarning() {
        return values.duration(Setting.EXPIRY_WARNING);
    }

    /** Returns the gate's policy, apart from the allow list. */
    public GatePolicy policy() {
        return policy;
    }

    /** Returns whether an admitted request gets a principal of ours. */
    public boolean namesPrincipals() {
        return identities.namesPrincipals();
    }

    /** Returns whether certificates come from a proxy's header field. */
    public boolean readsHeaders() {
        return proxies.header() != null;
    }

    /** Returns whether TLS connections must have certificates, either the clients' or the proxies'. */
    public boolean asksConnectorsForCertificates() {
        return !readsHeaders() || !proxies.pins().isEmpty();
    }

    /**
     * Refuses settings that trust proxies by their address alone, for a front end that does not know the peer of the socket.
     *
     * @throws SettingsException if only the address decides which proxy is trusted
     */
    public void requireMoreThanAddresses() {
        if (proxies.needsPeer()) {
            throw new SettingsException(
                    List.of("TK-204 trustedProxies: a filter does not know the peer of the socket, only"
                            + " getRemoteAddr(), which RemoteIpValve and others rewrite; expected trustedProxyThumbprints"
                            + " too, or trustedProxiesByRemoteAddr=true if nothing before the filter rewrites it"));
        }
    }

    /** Returns the time between two refreshes of the gate; zero means never. */
    public Duration refreshInterval() {
        return values.duration(Setting.REFRESH_INTERVAL);
    }

    /** Returns what to do with the principal that an admitted request already has. */
    public ExistingPrincipal existingPrincipal() {
        return existingPrincipal;
    }

    /** Returns the HTTP status of a refusal. */
    public int refusalStatus() {
        return policy.errors().apply(Reason.NOT_LISTED).status();
    }

    /** Returns the format of the body of a refusal. */
    public ErrorFormat errorFormat() {
        return errorFormat;
    }

    /** Returns warnings for the administrator about settings that are valid but risky; each begins with its code. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Returns whether a setting of {@code true} or {@code false} is true. */
    public boolean isOn(Setting setting) {
        return values.isOn(setting);
    }

    /** Returns the value of a number with a default. */
    public int number(Setting setting) {
        return values.number(setting);
    }

    /** Returns the value of a duration with a default. */
    public Duration duration(Setting setting) {
        return values.duration(setting);
    }

    /** Returns the value of a setting or its default, as text; null if it has neither. */
    public @Nullable String text(Setting setting) {
        return values.text(setting);
    }

    /**
     * Returns the settings that were set, in one line for the log; their own defaults apply to all others. Lists are left out,
     * since the gate's own summary counts their entries. The values of secrets and of queries, which may contain a password, are not
     * shown.
     */
    public String summary() {
        String set = Arrays.stream(Setting.values())
                .filter(values::isSet)
                .filter(setting -> !COUNTED.contains(setting))
                .map(setting -> setting.key() + "=" + shown(setting))
                .collect(Collectors.joining(" "));
        return set.isEmpty() ? "no other setting is set" : "set: " + set;
    }

    private String shown(Setting setting) {
        return setting.isSummarized() ? SafeText.quoted(String.valueOf(values.text(setting))) : "(not shown)";
    }
}
