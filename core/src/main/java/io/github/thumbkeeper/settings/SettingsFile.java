/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.settings;

import io.github.thumbkeeper.certificate.text.TextEncoding;
import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.location.ContainerResources;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** Reads the properties file that {@code settingsFile} names. */
final class SettingsFile {

    private final ContainerResources resources;

    SettingsFile(ContainerResources resources) {
        this.resources = resources;
    }

    /** Adds the settings of the file; an unreadable file is a problem. */
    void addTo(SettingValues values) {
        String location = values.text(Setting.SETTINGS_FILE);
        if (location == null) {
            return;
        }
        try {
            add(path(location), values, SafeText.quoted(location));
        } catch (NamingException e) {
            values.markIncomplete();
            values.problem(
                    Setting.SETTINGS_FILE,
                    SafeText.quoted(location) + " is not bound to a string with the path of a file: "
                            + e.getClass().getSimpleName() + " (" + LoggableFailure.describeAll(e) + ")");
        } catch (StoreException | IOException | RuntimeException e) {
            values.markIncomplete();
            values.problem(
                    Setting.SETTINGS_FILE,
                    SafeText.quoted(location) + " cannot be read: " + why(e) + "; expected a properties file in UTF-8");
        }
    }

    /** Leaves out the text of other exceptions, which may quote the file, or a string bound by mistake. */
    private static String why(Exception e) {
        return e instanceof StoreException store
                ? "it " + store.why()
                : e.getClass().getSimpleName();
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

    private static void add(Path file, SettingValues values, String origin) throws IOException {
        List<Map.Entry<String, String>> found = new ArrayList<>();
        Properties properties = new Properties() {
            @Override
            public synchronized Object put(Object key, Object value) {
                found.add(Map.entry((String) key, (String) value));
                return value;
            }
        };
        properties.load(new StringReader(TextEncoding.decode(Files.readAllBytes(file))));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < found.size(); i++) {
            String name = found.get(i).getKey();
            if (names.add(name)) {
                values.addFromFile(i + 1, name, found.get(i).getValue(), origin);
            } else if (Setting.named(name).isPresent()) {
                values.problem(
                        Setting.SETTINGS_FILE, SafeText.quoted(name) + " is given twice in the file; expected once");
            }
        }
    }
}
