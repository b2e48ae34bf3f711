/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.store.CertificateStore;
import io.github.thumbkeeper.store.ContainerResources;
import io.github.thumbkeeper.store.FilteredStore;
import io.github.thumbkeeper.store.LabelFilter;
import io.github.thumbkeeper.store.Locations;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.StorePassword;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Makes stores of the settings that name them. */
final class StoreSettings {

    private final SettingValues values;
    private final ContainerResources resources;
    private final InstantSource clock;

    StoreSettings(SettingValues values, ContainerResources resources, InstantSource clock) {
        this.values = values;
        this.resources = resources;
        this.clock = clock;
    }

    List<CertificateStore> stores() {
        requireStoreFor(Setting.STORE_PASSWORD, Setting.STORE_PASSWORD_FILE, Setting.STORE_FILTER);
        Locations locations = new Locations(resources, password(), clock);
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
