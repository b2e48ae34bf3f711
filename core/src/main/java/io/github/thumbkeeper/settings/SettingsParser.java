/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.GatePolicy;
import io.github.thumbkeeper.Mode;
import io.github.thumbkeeper.allowlist.IdentityMapper;
import io.github.thumbkeeper.allowlist.PrincipalSource;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.text.ParsedDigests;
import io.github.thumbkeeper.certificate.text.PublicKeyPinParser;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.rule.RuleContext;
import io.github.thumbkeeper.source.ExemptPaths;
import io.github.thumbkeeper.store.InlineStore;
import io.github.thumbkeeper.store.ReloadPolicy;
import io.github.thumbkeeper.store.StoreConfig;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.trust.ValidityDates;
import io.github.thumbkeeper.verdict.ErrorFormat;
import io.github.thumbkeeper.verdict.ErrorTemplate;
import io.github.thumbkeeper.verdict.Identity;
import io.github.thumbkeeper.verdict.Reason;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One pass from the text of all settings to the parts of a gate; every problem on the way is collected. */
final class SettingsParser {

    private static final Duration LONGEST_INTERVAL = Duration.ofDays(30);
    private static final Set<Setting> UNTOLD =
            EnumSet.of(Setting.THUMBPRINTS, Setting.PUBLIC_KEY_PINS, Setting.SQL_QUERY, Setting.SQL_CHANGE_QUERY);

    private static final Duration MOST_SKEW = Duration.ofHours(1);

    private final SettingValues values = new SettingValues();
    private final List<String> warnings = new ArrayList<>();
    private final List<StoreConfig> stores = new ArrayList<>();
    private final GatePolicy policy;
    private final IdentityMapper identities;
    private final ReloadPolicy rules;
    private final RuleSettings.Source identityRules;
    private final TrustSettings.Source trust;
    private final ProxyPlan proxies;
    private final Duration refreshInterval;
    private final Settings.ExistingPrincipal existingPrincipal;
    private final ErrorFormat errorFormat;

    private SettingsParser(Map<String, String> given, ContainerResources resources, InstantSource clock) {
        values.add(given, "the configuration");
        new SettingsFile(resources).addTo(values);
        addInline(Setting.THUMBPRINTS, ThumbprintParser::parseList);
        addInline(Setting.PUBLIC_KEY_PINS, PublicKeyPinParser::parseList);
        refreshInterval = values.duration(Setting.REFRESH_INTERVAL, LONGEST_INTERVAL);
        StoreSettings storeSettings = new StoreSettings(values, resources, clock);
        stores.addAll(storeSettings.stores());
        rules = storeSettings.rules(refreshInterval);
        stores.addAll(new DenySettings(values, warnings).stores(storeSettings, rules.allowEmpty()));
        requireSomeList();
        errorFormat = values.choice(Setting.ERROR_FORMAT, ErrorFormat.class);
        policy = readPolicy();
        TrustSettings trustSettings = new TrustSettings(values, resources, clock);
        trust = trustSettings.read(policy.dates());
        proxies = new ProxySettings(values, warnings)
                .read(trustSettings.validates(), policy.dates().clockSkew());
        identities = new IdentityMapper(
                values.choice(Setting.PRINCIPAL, PrincipalSource.class),
                Set.copyOf(names(Setting.ROLES)),
                trustSettings.validates());
        if (!identities.namesPrincipals() && values.isSet(Setting.ROLES)) {
            values.conflict(
                    Setting.ROLES, "belong to a principal, but principal is [none]; accepted is one of the two");
        }
        identityRules = new RuleSettings(values, resources, warnings).read(demands(), rules.allowEmpty());
        existingPrincipal = values.choice(Setting.EXISTING_PRINCIPAL, Settings.ExistingPrincipal.class);
        warnOfOpenings();
    }

    static Settings parse(Map<String, String> given, ContainerResources resources, InstantSource clock) {
        SettingsParser parser = new SettingsParser(given, resources, clock);
        if (!parser.values.problems().isEmpty()) {
            throw new SettingsException(parser.values.problems());
        }
        return new Settings(parser);
    }

    GatePolicy policy() {
        return policy;
    }

    List<StoreConfig> stores() {
        return List.copyOf(stores);
    }

    IdentityMapper identities() {
        return identities;
    }

    ReloadPolicy rules() {
        return rules;
    }

    RuleSettings.Source identityRules() {
        return identityRules;
    }

    TrustSettings.Source trust() {
        return trust;
    }

    ProxyPlan proxies() {
        return proxies;
    }

    Duration refreshInterval() {
        return refreshInterval;
    }

    Settings.ExistingPrincipal existingPrincipal() {
        return existingPrincipal;
    }

    ErrorFormat errorFormat() {
        return errorFormat;
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Lists are told by their number of entries elsewhere; a password, and a query that may hold one, not at all. */
    String summary() {
        return Arrays.stream(Setting.values())
                .filter(setting -> !setting.isSecret() && values.text(setting) != null)
                .filter(setting -> !UNTOLD.contains(setting))
                .map(setting -> setting.key() + "=" + SafeText.quoted(String.valueOf(values.text(setting))))
                .collect(Collectors.joining(" "));
    }

    private <T extends CertificateDigest> void addInline(
            Setting setting, Function<String, ParsedDigests<T>> parseList) {
        String text = values.text(setting);
        if (text == null) {
            return;
        }
        ParsedDigests<T> parsed = parseList.apply(text);
        parsed.problems().forEach(problem -> values.problem(setting, problem));
        parsed.warnings().forEach(warning -> warnings.add("TK-403 " + setting.key() + ": " + warning));
        stores.add(StoreConfig.inSettings(new InlineStore(setting.key(), parsed.digests())));
    }

    private void requireSomeList() {
        boolean none = !values.isSet(Setting.THUMBPRINTS)
                && !values.isSet(Setting.PUBLIC_KEY_PINS)
                && !values.isSet(Setting.STORE)
                && !values.isSet(Setting.IDENTITIES);
        if (none && !rules.allowEmpty()) {
            values.conflict(
                    Setting.STORE, "no certificate is listed; set thumbprints, publicKeyPins, store or identities");
        }
    }

    private RuleContext demands() {
        return new RuleContext(
                identities.verified(), identities.principal().isTakenFromCertificate(), values.isSet(Setting.STORE));
    }

    private GatePolicy readPolicy() {
        return new GatePolicy(
                values.choice(Setting.MODE, Mode.class),
                values.choice(Setting.NO_CERTIFICATE, "refuse", "anonymous") == 1,
                exclude(),
                values.choice(Setting.CORS_PREFLIGHT, "never", "always") == 1,
                new ValidityDates(
                        values.flag(Setting.VALIDATE_NOT_BEFORE),
                        values.flag(Setting.VALIDATE_NOT_AFTER),
                        values.duration(Setting.CLOCK_SKEW, MOST_SKEW)),
                new ConstraintSettings(values).read(),
                values.flag(Setting.REVOCATION_SOFT_FAIL),
                errors());
    }

    private ExemptPaths exclude() {
        List<String> good = new ArrayList<>();
        for (String pattern : values.members(Setting.EXCLUDE, SettingValues.COMMAS_OR_BLANKS)) {
            try {
                ExemptPaths.of(List.of(pattern));
                good.add(pattern);
                warnOfExtension(pattern);
            } catch (IllegalArgumentException e) {
                values.problem(Setting.EXCLUDE, SafeText.quoted(pattern) + " " + e.getMessage());
            }
        }
        return ExemptPaths.of(good);
    }

    private Function<Reason, ErrorTemplate> errors() {
        int status = values.choice(Setting.DENY_STATUS, "401", "403") == 0 ? 401 : 403;
        String title = printable(Setting.REASON);
        String challenge = printable(Setting.CHALLENGE);
        boolean tell = values.flag(Setting.TELL_REASON);
        Map<Reason, ErrorTemplate> templates = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            ErrorTemplate template = reason.isOutage()
                    ? outage(tell ? reason.code() : Reason.GENERIC_OUTAGE_CODE)
                    : ErrorTemplate.refusal(
                            status, title, challenge, tell ? reason.code() : Reason.GENERIC_CODE, errorFormat);
            templates.put(reason, template);
        }
        return reason -> Objects.requireNonNull(templates.get(reason));
    }

    /** The next refresh is the first chance that it is over. */
    private ErrorTemplate outage(String code) {
        return ErrorTemplate.outage(code, Math.max(1, refreshInterval.toSeconds()));
    }

    private String printable(Setting setting) {
        String value = String.valueOf(values.text(setting));
        if (value.length() > 200 || !value.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            values.problem(
                    setting,
                    SafeText.quoted(value) + " is not accepted; accepted are up to 200 printable characters of ASCII");
        }
        return value;
    }

    private List<String> names(Setting setting) {
        List<String> names = values.members(setting, SettingValues.COMMAS);
        names.stream()
                .filter(name -> Identity.isReservedRole(name) || !name.chars().allMatch(c -> c > ' ' && c != 0x7F))
                .forEach(name -> values.problem(
                        setting, SafeText.quoted(name) + " is not a name; accepted are names separated by commas"));
        return names;
    }

    private void warnOfOpenings() {
        if (policy.revocationSoftFail()) {
            warnings.add(
                    "TK-413 revocationSoftFail=true: a certificate passes if nobody could tell whether it is revoked");
        }
        if (policy.mode() != Mode.ENFORCE) {
            warnings.add("TK-410 mode=" + SettingValues.spelling(policy.mode()) + ": nothing is refused");
        }
    }

    private void warnOfExtension(String pattern) {
        if (pattern.startsWith("*.")) {
            warnings.add("TK-412 exclude: " + SafeText.quoted(pattern)
                    + " exempts every path that ends so, in every folder");
        }
    }
}
