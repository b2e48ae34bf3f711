/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.TrustConfig;
import io.github.thumbkeeper.TrustedCrlFilter;
import io.github.thumbkeeper.certificate.x509.SignatureAlgorithm;
import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.store.location.Locations;
import io.github.thumbkeeper.store.location.StoreOptions;
import io.github.thumbkeeper.trust.ValidityDates;
import io.github.thumbkeeper.trust.revocation.Crl;
import io.github.thumbkeeper.trust.revocation.OnlineRevocation;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the settings of revocation checking. */
final class RevocationSettings {

    private final SettingValues values;
    private final ContainerResources resources;
    private final InstantSource clock;
    private final boolean validate;
    private final boolean ocsp;
    private final boolean points;
    private final Duration timeout;

    /** Makes the trust configuration when the gate is opened. */
    @FunctionalInterface
    interface Source {
        TrustConfig plan(
                Loader<List<NamedCertificate>> store,
                ValidityDates dates,
                Set<SignatureAlgorithm> signatures,
                GateName gate,
                InstantSource clock,
                Executor executor);
    }

    RevocationSettings(SettingValues values, ContainerResources resources, InstantSource clock) {
        this.values = values;
        this.resources = resources;
        this.clock = clock;
        this.validate = values.isOn(Setting.VALIDATE_REVOCATION);
        this.ocsp = values.isOn(Setting.OCSP);
        this.points = values.isOn(Setting.CRL_DISTRIBUTION_POINTS);
        this.timeout = values.duration(Setting.REVOCATION_TIMEOUT);
    }

    Source read(boolean validateTrust, ValidityDates dates) {
        requireSense(validateTrust, dates);
        List<String> locations = values.members(Setting.CRL, SettingValues.COMMAS_OR_LINES);
        List<Function<TrustedCrlFilter, Loader<List<Crl>>>> lists = lists(locations);
        return (store, period, signatures, gate, time, executor) -> {
            TrustedCrlFilter judge = new TrustedCrlFilter(time);
            List<Loader<List<Crl>>> judged =
                    lists.stream().map(list -> list.apply(judge)).toList();
            return new TrustConfig(store, period, signatures, validate, judged, judge, online(gate, executor));
        };
    }

    private @Nullable OnlineRevocation online(GateName gate, Executor executor) {
        try {
            return validate && (ocsp || points) ? new OnlineRevocation(gate, ocsp, points, timeout, executor) : null;
        } catch (UncheckedIOException | InternalError e) {
            // For example an unusable javax.net.ssl.keyStore, which the JDK reads for every HTTP client.
            String cause = SafeText.text(String.valueOf(e.getMessage()));
            throw new SettingsException(
                    List.of("TK-205 validateRevocation: this Java runtime cannot create an HTTP client (" + cause
                            + "); expected a runtime with valid javax.net.ssl properties, or ocsp=false and"
                            + " crlDistributionPoints=false"),
                    e);
        }
    }

    private void requireSense(boolean validateTrust, ValidityDates dates) {
        if (!validate) {
            return;
        }
        if (!validateTrust) {
            values.conflict(
                    Setting.VALIDATE_REVOCATION,
                    "[true] needs validateTrust=true: only a trusted authority can report what it has revoked");
        }
        if (!dates.checkNotAfter()) {
            values.conflict(
                    Setting.VALIDATE_REVOCATION,
                    "[true] needs validateNotAfter=true: authorities do not report the revocation of expired"
                            + " certificates (RFC 5280 section 3.3)");
        }
        if (!ocsp && !points && !values.isSet(Setting.CRL)) {
            values.conflict(
                    Setting.VALIDATE_REVOCATION,
                    "[true] has no source; set crl, ocsp=true or crlDistributionPoints=true");
        }
        if ((ocsp || points) && ModuleLayer.boot().findModule("java.net.http").isEmpty()) {
            values.conflict(
                    Setting.VALIDATE_REVOCATION,
                    "[true] needs the module java.net.http, which this Java runtime lacks, unless ocsp and"
                            + " crlDistributionPoints are [false]");
        }
    }

    private List<Function<TrustedCrlFilter, Loader<List<Crl>>>> lists(List<String> names) {
        StoreOptions options = new StoreOptions(StorePassword.of(Setting.CRL.key(), null), false);
        Locations locations = new Locations(resources, options, clock);
        List<Function<TrustedCrlFilter, Loader<List<Crl>>>> lists = new ArrayList<>();
        for (String name : names) {
            try {
                lists.add(locations.revocationLists(name));
            } catch (StoreException e) {
                values.problem(Setting.CRL, name, e);
            }
        }
        return lists;
    }
}
