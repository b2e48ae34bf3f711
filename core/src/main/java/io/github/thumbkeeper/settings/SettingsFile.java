/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.certificate.Printable;
import io.github.thumbkeeper.store.ContainerResources;
import io.github.thumbkeeper.store.StoreException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Reads the properties file that {@code settingsFile} names. */
final class SettingsFile {

    private final ContainerResources resources;

    SettingsFile(ContainerResources resources) {
        this.resources = resources;
    }

    /** Adds what the file holds; whatever is wrong with it becomes a problem. */
    void addTo(SettingValues values) {
        String location = values.text(Setting.SETTINGS_FILE);
        if (location == null) {
            return;
        }
        try {
            values.add(read(path(location), values), Printable.quoted(location));
        } catch (NamingException e) {
            values.problem(
                    Setting.SETTINGS_FILE,
                    Printable.quoted(location) + " is bound to no string that names a file: " + e);
        } catch (StoreException | IOException | RuntimeException e) {
            values.problem(
                    Setting.SETTINGS_FILE,
                    Printable.quoted(location) + " cannot be read: " + e + "; accepted is a properties file in UTF-8");
        }
    }

    private Path path(String location) throws NamingException, StoreException {
        if (location.startsWith("java:")) {
            return path(resources.lookup(location), location);
        }
        if (location.startsWith("jndi:")) {
            return path(resources.lookupGlobal(location.substring("jndi:".length())), location);
        }
        return resources.file(location);
    }

    private Path path(@Nullable Object bound, String location) throws StoreException, NamingException {
        if (bound instanceof String path) {
            return resources.file(path);
        }
        throw new NamingException(location + " is bound to "
                + (bound == null ? "nothing" : "a " + bound.getClass().getName()));
    }

    private static Map<String, String> read(Path file, SettingValues values) throws IOException {
        Map<String, String> settings = new TreeMap<>();
        Properties properties = new Properties() {
            @Override
            public synchronized Object put(Object key, Object value) {
                if (settings.put((String) key, (String) value) != null) {
                    values.problem(
                            Setting.SETTINGS_FILE, Printable.quoted((String) key) + " is given twice in the file");
                }
                return value;
            }
        };
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            passByteOrderMark(reader);
            properties.load(reader);
        }
        return settings;
    }

    /** Some editors put one in front, where it would become a part of the first name. */
    private static void passByteOrderMark(BufferedReader reader) throws IOException {
        reader.mark(1);
        if (reader.read() != '\uFEFF') {
            reader.reset();
        }
    }
}
