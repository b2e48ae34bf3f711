/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.DeniedStore;
import io.github.thumbkeeper.store.FilteredStore;
import io.github.thumbkeeper.store.LabelFilter;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.ReloadPolicy;
import io.github.thumbkeeper.store.StoreConfig;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.location.ContainerResources;
import io.github.thumbkeeper.store.location.Locations;
import io.github.thumbkeeper.store.location.StoreOptions;
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
    private final StoreOptions options;

    StoreSettings(SettingValues values, ContainerResources resources, InstantSource clock) {
        this.values = values;
        this.resources = resources;
        this.clock = clock;
        StorePassword password =
                PasswordSettings.read(values, resources, Setting.STORE_PASSWORD, Setting.STORE_PASSWORD_FILE);
        this.options = new StoreOptions(
                password,
                values.flag(Setting.INCLUDE_KEY_ENTRIES),
                new SqlSettings(values).options(),
                new LdapSettings(values).options());
    }

    List<StoreConfig> stores() {
        values.requireFor(List.of(Setting.STORE), Setting.STORE_FILTER);
        values.requireFor(
                List.of(Setting.STORE, Setting.DENY),
                Setting.STORE_PASSWORD,
                Setting.STORE_PASSWORD_FILE,
                Setting.INCLUDE_KEY_ENTRIES,
                Setting.SQL_TABLE,
                Setting.SQL_QUERY,
                Setting.SQL_CHANGE_QUERY,
                Setting.SQL_TIMEOUT,
                Setting.MAX_SHRINK_PERCENT);
        values.requireFor(List.of(Setting.STORE, Setting.DENY), LdapSettings.ALL);
        values.requireFor(List.of(Setting.STORE, Setting.DENY, Setting.TRUST_STORE), Setting.STORE_UNAVAILABLE);
        values.requireFor(
                List.of(Setting.STORE, Setting.DENY, Setting.IDENTITIES, Setting.TRUST_STORE), Setting.MAX_STALENESS);
        String glob = values.text(Setting.STORE_FILTER);
        LabelFilter filter = glob == null ? LabelFilter.ALL : LabelFilter.of(glob);
        List<StoreConfig> stores = new ArrayList<>();
        for (String location : values.members(Setting.STORE, SettingValues.COMMAS_OR_LINES)) {
            Loader<EntryTable> store = open(Setting.STORE, location, options);
            if (store != null) {
                stores.add(StoreConfig.admitting(new FilteredStore(store, filter)));
            }
        }
        return stores;
    }

    /** Returns the store of what is denied that a location names; null, and a problem, if there is none. */
    @Nullable
    StoreConfig denied(String location, boolean allowEmpty) {
        Loader<EntryTable> store = open(Setting.DENY, location, options.deny());
        return store == null ? null : StoreConfig.denying(new DeniedStore(store, allowEmpty));
    }

    private @Nullable Loader<EntryTable> open(Setting setting, String location, StoreOptions how) {
        try {
            return new Locations(resources, how, clock).open(location);
        } catch (StoreException e) {
            values.problem(setting, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** Both ways out of an outage lead through a refresh. */
    ReloadPolicy rules(Duration refreshInterval) {
        boolean startWithout = values.choice(Setting.STORE_UNAVAILABLE, "refuse-to-start", "refuse-requests") == 1;
        if (startWithout && refreshInterval.isZero()) {
            values.conflict(
                    Setting.STORE_UNAVAILABLE,
                    "[refuse-requests] would refuse for ever with refreshInterval=0s; accepted is a longer interval");
        }
        return new ReloadPolicy(
                values.flag(Setting.ALLOW_EMPTY_STORE),
                startWithout,
                values.number(Setting.MAX_SHRINK_PERCENT, 1, 100),
                maxStaleness(refreshInterval),
                values.flag(Setting.XFCC_HASH_ONLY));
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
                    SafeText.quoted(value)
                            + " is not longer than refreshInterval, or that is 0s: then every list would be"
                            + " too old; accepted is a maxStaleness longer than a refreshInterval above 0s");
        }
        return most;
    }
}
