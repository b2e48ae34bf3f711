/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.store.location.ContainerResources;
import java.nio.file.Path;

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
            return StorePassword.readFrom(file.key(), file(path, resources));
        } catch (StoreException e) {
            values.problem(file, e.getMessage() + "; accepted is a file in UTF-8 whose first line is the password");
            return StorePassword.of(text.key(), null);
        }
    }

    /** The value may be the password itself, so that no message repeats it. */
    private static Path file(String path, ContainerResources resources) throws StoreException {
        try {
            return resources.file(path);
        } catch (StoreException e) {
            throw new StoreException("not shown, it may be the password", e.why(), null);
        }
    }
}
