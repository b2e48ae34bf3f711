/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.cli;

import io.github.thumbkeeper.settings.Settings;
import io.github.thumbkeeper.settings.SettingsException;
import io.github.thumbkeeper.store.location.ContainerResources;
import java.nio.file.Path;
import java.util.Map;

/** Is run in a Java runtime of its own, and prints what becomes of settings there. */
final class WithoutModule {

    private WithoutModule() {}

    /** Understands the one setting that the arguments are, or says why not. */
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
