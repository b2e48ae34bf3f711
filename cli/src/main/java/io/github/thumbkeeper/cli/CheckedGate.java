/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.Gate;
import io.github.thumbkeeper.cli.tomcat.GateSite;
import io.github.thumbkeeper.cli.tomcat.OfflineResources;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.settings.Setting;
import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.settings.SettingsException;
import io.github.thumbkeeper.setup.ApplicationSetup;
import io.github.thumbkeeper.setup.FilterSetup;
import io.github.thumbkeeper.setup.PasswordWarnings;
import io.github.thumbkeeper.verdict.ErrorFormat;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;
import javax.naming.NamingException;

/**
 * A gate that is opened from its configuration, as its front end would do at a start, with everything the start would report.
 *
 * @param site the configuration
 * @param gate the gate; empty if it would not start, or cannot be opened here
 * @param findings what a start would report
 */
record CheckedGate(GateSite site, Optional<Gate> gate, List<Finding> findings) {

    private static final Pattern SEPARATOR = Pattern.compile("[,;\\r\\n]");
    private static final List<Setting> LOCATIONS = List.of(Setting.STORE, Setting.DENY, Setting.TRUST_STORE);

    /** Opens a gate. Revocation is asked for on the threads of the executor. */
    static CheckedGate open(GateSite site, Executor executor) {
        Opening opening = new Opening(site);
        Optional<Gate> gate = opening.open(executor);
        return new CheckedGate(site, gate, List.copyOf(opening.findings));
    }

    /** One attempt to open a gate. Not thread-safe. */
    private static final class Opening {
        private final GateSite site;
        private final List<Finding> findings = new ArrayList<>();

        Opening(GateSite site) {
            this.site = site;
        }

        Optional<Gate> open(Executor executor) {
            site.problems().forEach(this::error);
            try {
                Settings settings = Settings.parse(site.settings(), site.resources());
                refuseIfUnsafe(settings);
                settings.warnings().forEach(this::warn);
                warnOfSurroundings(settings);
                List<String> unchecked = onlyWhileRunning(settings);
                if (!unchecked.isEmpty()) {
                    unchecked.forEach(this::inform);
                    return Optional.empty();
                }
                return Optional.of(open(settings, executor));
            } catch (SettingsException e) {
                e.problems().forEach(this::error);
                return Optional.empty();
            }
        }

        private Gate open(Settings settings, Executor executor) {
            Gate gate;
            try (CapturedWarnings log = new CapturedWarnings()) {
                gate = settings.open("", InstantSource.system(), executor).gate();
                log.lines().forEach(this::warn);
            }
            if (site.kind() == GateSite.Kind.VALVE) {
                Gate opened = gate;
                site.surroundings()
                        .trustStores()
                        .forEach(each -> each.warning(opened::lists).ifPresent(this::warn));
            }
            if (findings.stream().noneMatch(each -> each.level() == Finding.Level.ERROR)) {
                inform("would start: " + gate.summary());
            }
            return gate;
        }

        private void refuseIfUnsafe(Settings settings) {
            if (site.kind() == GateSite.Kind.FILTER) {
                settings.requireMoreThanAddresses();
                return;
            }
            if (settings.errorFormat() == ErrorFormat.CONTAINER
                    && !site.surroundings().withinContext()) {
                error("TK-204 errorFormat: [container] gives an empty body at an Engine or a Host; expected"
                        + " auto, problem or html there");
            }
            boolean strict = settings.policy().refusesAllOthers() && settings.namesPrincipals();
            boolean forged = settings.readsHeaders() || site.surroundings().deliversForgedSubjects();
            if (forged && !strict) {
                site.surroundings().clientCertLogins().forEach(name -> error(ApplicationSetup.unsafeLogin(name)));
            }
        }

        private void warnOfSurroundings(Settings settings) {
            site.warnings().forEach(this::warn);
            if (settings.errorFormat() == ErrorFormat.CONTAINER
                    && !site.errorPages().test(settings.refusalStatus())) {
                warn(FilterSetup.noErrorPage(settings.refusalStatus()));
            }
            if (site.kind() != GateSite.Kind.SETTINGS) {
                boolean forwarded = !settings.asksConnectorsForCertificates();
                site.surroundings()
                        .connectors()
                        .forEach(each -> each.warning(forwarded).ifPresent(this::warn));
            }
            PasswordWarnings.plain(site.settings()).forEach(this::warn);
        }

        /** Returns a sentence for each location that only a running server has. */
        private List<String> onlyWhileRunning(Settings settings) {
            List<String> found = new ArrayList<>();
            for (Setting setting : LOCATIONS) {
                String locations = settings.text(setting);
                if (locations != null) {
                    SEPARATOR
                            .splitAsStream(locations)
                            .map(String::strip)
                            .flatMap(location -> whyNot(location).stream())
                            .forEach(why -> found.add(setting.key() + ": " + why));
                }
            }
            return found;
        }

        private Optional<String> whyNot(String location) {
            try {
                if (location.startsWith("java:")) {
                    site.resources().lookup(location);
                } else if (location.startsWith("jndi:")) {
                    site.resources().lookupGlobal(location.substring("jndi:".length()));
                }
                return Optional.empty();
            } catch (OfflineResources.OnlyWhileRunningException e) {
                return Optional.of(
                        SafeText.quoted(location) + " " + e.getMessage() + "; so the stores are not read here");
            } catch (NamingException e) {
                // Reading the store reports the problem.
                return Optional.empty();
            }
        }

        private void error(String text) {
            add(Finding.Level.ERROR, text);
        }

        private void warn(String text) {
            add(Finding.Level.WARNING, text);
        }

        private void inform(String text) {
            add(Finding.Level.INFO, text);
        }

        private void add(Finding.Level level, String text) {
            Finding finding = new Finding(level, site.place(), text);
            if (!findings.contains(finding)) {
                findings.add(finding);
            }
        }
    }
}
