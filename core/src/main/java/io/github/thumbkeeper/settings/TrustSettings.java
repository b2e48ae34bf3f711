/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.ReloadingTrust;
import io.github.thumbkeeper.certificate.x509.SignatureAlgorithm;
import io.github.thumbkeeper.message.GateName;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.store.location.Locations;
import io.github.thumbkeeper.store.location.StoreOptions;
import io.github.thumbkeeper.trust.ValidityDates;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Reads the settings of PKIX path validation. */
final class TrustSettings {

    private final SettingValues values;
    private final ContainerResources resources;
    private final InstantSource clock;
    private final boolean validate;
    private final RevocationSettings revocation;

    /** Opens the trust anchors and CRLs when the gate is opened. */
    @FunctionalInterface
    interface Source {
        ReloadingTrust book(GateName gate, InstantSource clock, LongSupplier ticker, Executor executor);
    }

    TrustSettings(SettingValues values, ContainerResources resources, InstantSource clock) {
        this.values = values;
        this.resources = resources;
        this.clock = clock;
        this.validate = values.isOn(Setting.VALIDATE_TRUST);
        this.revocation = new RevocationSettings(values, resources, clock);
    }

    Source read(ValidityDates dates, Set<SignatureAlgorithm> signatures) {
        requireBothOrNone();
        Loader<List<NamedCertificate>> store = store();
        RevocationSettings.Source sources = revocation.read(validate, dates);
        if (store == null || !validate) {
            return (gate, time, ticker, executor) -> ReloadingTrust.of(null);
        }
        return (gate, time, ticker, executor) ->
                ReloadingTrust.of(sources.plan(store, dates, signatures, gate, time, executor), time, ticker);
    }

    /** Unused anchors are as much a mistake as a check without anchors. */
    private void requireBothOrNone() {
        if (validate && !values.isSet(Setting.TRUST_STORE) && !values.mayBeMisspelt(Setting.TRUST_STORE)) {
            values.conflict(
                    Setting.VALIDATE_TRUST,
                    "[true] needs [trustStore], which is not set; the authorities of the Java runtime are never used");
        }
        if (!validate && values.isSet(Setting.TRUST_STORE) && !values.mayBeMisspelt(Setting.VALIDATE_TRUST)) {
            values.conflict(
                    Setting.TRUST_STORE, "is set, but validateTrust is [false]; expected both of them or neither");
        }
    }

    private @Nullable Loader<List<NamedCertificate>> store() {
        StoreOptions options = new StoreOptions(
                StoreSettings.password(
                        values, resources, Setting.TRUST_STORE_PASSWORD, Setting.TRUST_STORE_PASSWORD_FILE),
                false);
        String location = values.text(Setting.TRUST_STORE);
        try {
            return location == null ? null : new Locations(resources, options, clock).certificates(location);
        } catch (StoreException e) {
            values.problem(Setting.TRUST_STORE, String.valueOf(location), e);
            return null;
        }
    }
}
