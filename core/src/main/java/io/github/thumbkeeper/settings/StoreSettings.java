/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.text.PublicKeyPinParser;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
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
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the settings that name stores and their passwords, and those of loading. */
final class StoreSettings {

    private final SettingValues values;
    private final ContainerResources resources;
    private final InstantSource clock;
    private final StoreOptions options;

    StoreSettings(SettingValues values, ContainerResources resources, InstantSource clock) {
        this.values = values;
        this.resources = resources;
        this.clock = clock;
        StorePassword password = password(values, resources, Setting.STORE_PASSWORD, Setting.STORE_PASSWORD_FILE);
        this.options = new StoreOptions(
                password,
                values.isOn(Setting.INCLUDE_KEY_ENTRIES),
                new SqlSettings(values).options(),
                new LdapSettings(values).options());
    }

    List<StoreConfig> stores() {
        String glob = values.text(Setting.STORE_FILTER);
        LabelFilter filter = glob == null ? LabelFilter.ALL : LabelFilter.of(glob);
        List<StoreConfig> stores = new ArrayList<>();
        for (String location : values.members(Setting.STORE, SettingValues.COMMAS_OR_LINES)) {
            Loader<EntryTable> store = isDigest(location) ? null : open(Setting.STORE, location, options);
            if (store != null) {
                reportIfSwapped(location, store);
                stores.add(StoreConfig.admitting(new FilteredStore(store, filter)));
            }
        }
        return stores;
    }

    /** Returns whether a digest is in the place of a location, and adds the problem then. */
    private boolean isDigest(String location) {
        boolean thumbprint = ThumbprintParser.parse(location).problems().isEmpty();
        if (!thumbprint && !PublicKeyPinParser.parse(location).problems().isEmpty()) {
            return false;
        }
        values.problem(
                Setting.STORE,
                SafeText.quoted(location)
                        + (thumbprint
                                ? " is a thumbprint, not a location; expected it in thumbprints"
                                : " is the pin of a public key, not a location; expected it in publicKeyPins"));
        return true;
    }

    /** Returns the deny store at a location; null, after adding a problem, if there is none. */
    @Nullable
    StoreConfig denied(String location, boolean allowEmpty) {
        Loader<EntryTable> store = open(Setting.DENY, location, options.deny());
        return store == null ? null : StoreConfig.denying(new DeniedStore(store, allowEmpty));
    }

    /** Reads a store now if its password file is not one: the store may be the password file, and both must be reported. */
    private void reportIfSwapped(String location, Loader<EntryTable> store) {
        boolean path = !location.startsWith("java:") && !location.startsWith("jndi:");
        if (path && values.hasProblem(Setting.STORE_PASSWORD_FILE)) {
            try {
                store.load(null);
            } catch (StoreException e) {
                if (!e.isMisconfigured()) {
                    values.unreadable(e);
                }
            }
        }
    }

    private @Nullable Loader<EntryTable> open(Setting setting, String location, StoreOptions how) {
        try {
            return new Locations(resources, how, clock).open(location);
        } catch (StoreException e) {
            values.problem(setting, location, e);
            return null;
        }
    }

    ReloadPolicy reloadPolicy() {
        Duration refreshInterval = values.duration(Setting.REFRESH_INTERVAL);
        boolean startWithout = values.is(Setting.STORE_UNAVAILABLE, "refuse-requests");
        if (startWithout && refreshInterval.isZero()) {
            values.conflict(
                    Setting.STORE_UNAVAILABLE,
                    "[refuse-requests] with refreshInterval=0s would never recover; expected a longer interval");
        }
        return new ReloadPolicy(
                values.isOn(Setting.ALLOW_EMPTY_STORE),
                startWithout,
                values.numberOr(Setting.MAX_SHRINK_PERCENT, 100),
                maxStaleness(refreshInterval),
                ProxySettings.digests(values));
    }

    private @Nullable Duration maxStaleness(Duration refreshInterval) {
        Duration most = values.durationOrNull(Setting.MAX_STALENESS);
        boolean tooShort = most != null && (refreshInterval.isZero() || most.compareTo(refreshInterval) <= 0);
        if (tooShort && !values.isMalformed(Setting.REFRESH_INTERVAL)) {
            values.conflict(
                    Setting.MAX_STALENESS,
                    SafeText.quoted(String.valueOf(values.text(Setting.MAX_STALENESS)))
                            + " is not longer than refreshInterval, or refreshInterval is 0s: then every list would"
                            + " be too old; expected a maxStaleness longer than a refreshInterval above 0s");
        }
        return most;
    }

    /** Returns the password of a pair of settings: one contains it, the other names a file that does. */
    static StorePassword password(SettingValues values, ContainerResources resources, Setting text, Setting file) {
        String path = values.text(file);
        if (path == null) {
            return StorePassword.of(text.key(), values.text(text));
        }
        if (values.isSet(text)) {
            values.conflict(file, "is set in addition to [" + text.key() + "]; expected one of the two");
        }
        try {
            return StorePassword.readFrom(file.key(), passwordFile(path, resources));
        } catch (StoreException e) {
            values.problem(file, e.getMessage() + "; expected a file in UTF-8 whose first line is the password");
            return StorePassword.of(text.key(), null);
        }
    }

    /** Hides the value in messages, because it may be the password itself. */
    private static Path passwordFile(String path, ContainerResources resources) throws StoreException {
        try {
            return resources.file(path);
        } catch (StoreException e) {
            throw new StoreException("not shown, it may be the password", e.why(), null);
        }
    }
}
