/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.store.ContainerResources;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.StorePassword;

/** Makes passwords of the settings that give one, itself or the file it stands in. */
final class PasswordSettings {

    private PasswordSettings() {}

    static StorePassword read(SettingValues values, ContainerResources resources, Setting text, Setting file) {
        String path = values.text(file);
        if (path == null) {
            return StorePassword.of(text.key(), values.text(text));
        }
        if (values.isSet(text)) {
            values.conflict(file, "is set besides [" + text.key() + "]; accepted is one of the two");
        }
        try {
            return StorePassword.readFrom(file.key(), resources.file(path));
        } catch (StoreException e) {
            values.problem(file, e.getMessage() + "; accepted is a file in UTF-8 whose first line is the password");
            return StorePassword.of(text.key(), null);
        }
    }
}
