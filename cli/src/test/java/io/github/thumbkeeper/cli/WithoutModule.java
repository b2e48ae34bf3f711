/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.settings.SettingsException;
import io.github.thumbkeeper.store.location.ContainerResources;
import java.nio.file.Path;
import java.util.Map;

/** Program for a Java runtime of its own: parses one setting and prints the result. */
final class WithoutModule {

    private WithoutModule() {}

    /** Parses the setting given by the two arguments. */
    public static void main(String[] arguments) {
        try {
            Settings.parse(Map.of(arguments[0], arguments[1]), new Files());
            System.out.println("understood");
        } catch (SettingsException e) {
            System.out.println(e.getMessage());
        }
    }

    private static final class Files implements ContainerResources {
        @Override
        public Object lookup(String name) {
            throw new AssertionError(name);
        }

        @Override
        public Object lookupGlobal(String name) {
            throw new AssertionError(name);
        }

        @Override
        public Path file(String location) {
            return Path.of(location);
        }
    }
}
