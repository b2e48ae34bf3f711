/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.certificate.Printable;
import io.github.thumbkeeper.store.CertificateStore;
import io.github.thumbkeeper.store.ContainerResources;
import io.github.thumbkeeper.store.FilteredStore;
import io.github.thumbkeeper.store.LabelFilter;
import io.github.thumbkeeper.store.Locations;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.StoreOptions;
import io.github.thumbkeeper.store.StorePassword;
import io.github.thumbkeeper.store.StoreRules;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes stores of the settings that name them. */
final class StoreSettings {

    private static final Duration LONGEST_STALENESS = Duration.ofDays(365);

    private final SettingValues values;
    private final ContainerResources resources;
    private final InstantSource clock;

    StoreSettings(SettingValues values, ContainerResources resources, InstantSource clock) {
        this.values = values;
        this.resources = resources;
        this.clock = clock;
    }

    List<CertificateStore> stores() {
        requireStoreFor(
                Setting.STORE_PASSWORD,
                Setting.STORE_PASSWORD_FILE,
                Setting.STORE_FILTER,
                Setting.INCLUDE_KEY_ENTRIES,
                Setting.SQL_TABLE,
                Setting.SQL_QUERY,
                Setting.SQL_CHANGE_QUERY,
                Setting.SQL_TIMEOUT,
                Setting.STORE_UNAVAILABLE,
                Setting.MAX_SHRINK_PERCENT,
                Setting.MAX_STALENESS);
        requireStoreFor(LdapSettings.ALL);
        StoreOptions options = new StoreOptions(
                password(),
                values.flag(Setting.INCLUDE_KEY_ENTRIES),
                new SqlSettings(values).options(),
                new LdapSettings(values).options());
        Locations locations = new Locations(resources, options, clock);
        String glob = values.text(Setting.STORE_FILTER);
        LabelFilter filter = glob == null ? LabelFilter.ALL : LabelFilter.of(glob);
        List<CertificateStore> stores = new ArrayList<>();
        for (String location : values.members(Setting.STORE, SettingValues.COMMAS_OR_LINES)) {
            try {
                stores.add(new FilteredStore(locations.open(location), filter));
            } catch (StoreException e) {
                values.problem(Setting.STORE, String.valueOf(e.getMessage()));
            }
        }
        return stores;
    }

    /** Both ways out of an outage lead through a refresh. */
    StoreRules rules(Duration refreshInterval) {
        boolean startWithout = values.choice(Setting.STORE_UNAVAILABLE, "refuse-to-start", "refuse-requests") == 1;
        if (startWithout && refreshInterval.isZero()) {
            values.conflict(
                    Setting.STORE_UNAVAILABLE,
                    "[refuse-requests] would refuse for ever with refreshInterval=0s; accepted is a longer interval");
        }
        return new StoreRules(
                values.flag(Setting.ALLOW_EMPTY_STORE),
                startWithout,
                values.number(Setting.MAX_SHRINK_PERCENT, 1, 100),
                maxStaleness(refreshInterval));
    }

    private @Nullable Duration maxStaleness(Duration refreshInterval) {
        String value = values.text(Setting.MAX_STALENESS);
        if (value == null) {
            return null;
        }
        Duration most = values.duration(Setting.MAX_STALENESS, LONGEST_STALENESS);
        boolean malformed = most.isNegative() || refreshInterval.isNegative();
        if (!malformed && (refreshInterval.isZero() || most.compareTo(refreshInterval) <= 0)) {
            values.conflict(
                    Setting.MAX_STALENESS,
                    Printable.quoted(value)
                            + " is not longer than refreshInterval, or that is 0s: then every list would be"
                            + " too old; accepted is a maxStaleness longer than a refreshInterval above 0s");
        }
        return most;
    }

    private void requireStoreFor(Setting... settings) {
        for (Setting setting : settings) {
            if (values.isSet(setting) && !values.isSet(Setting.STORE)) {
                values.conflict(setting, "belongs to [store], which is not set");
            }
        }
    }

    private StorePassword password() {
        String file = values.text(Setting.STORE_PASSWORD_FILE);
        if (file == null) {
            return StorePassword.of(Setting.STORE_PASSWORD.key(), values.text(Setting.STORE_PASSWORD));
        }
        if (values.isSet(Setting.STORE_PASSWORD)) {
            values.conflict(Setting.STORE_PASSWORD_FILE, "is set besides [storePassword]; accepted is one of the two");
        }
        try {
            return StorePassword.readFrom(Setting.STORE_PASSWORD_FILE.key(), resources.file(file));
        } catch (StoreException e) {
            values.problem(
                    Setting.STORE_PASSWORD_FILE,
                    e.getMessage() + "; accepted is a file in UTF-8 whose first line is the password");
            return StorePassword.of(Setting.STORE_PASSWORD.key(), null);
        }
    }
}
