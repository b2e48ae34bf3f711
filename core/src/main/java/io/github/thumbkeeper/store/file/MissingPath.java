/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.message.SafeText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Describes where a file or directory was expected. Thread-safe. */
final class MissingPath {

    /** Precedes the path of a file of rules or roles in a setting. */
    private static final String PREFIX = "file:";

    private MissingPath() {}

    /**
     * Returns the rest of a message that it does not exist: the absolute path, and the folder where relative paths start.
     *
     * @param name the file as messages name it, often as the settings do; for a path that must not be shown, because it may be a
     *     password, it is no part of the path, and nothing is added
     */
    static String why(String name, Path path) {
        String written = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
        Path absolute = path.toAbsolutePath().normalize();
        if (written.equals(absolute.toString()) || !isEnd(written, absolute)) {
            return "does not exist";
        }
        String found = "does not exist; the path is " + SafeText.quoted(absolute.toString());
        Path base = base(written, absolute);
        return base == null || written.startsWith("/")
                ? found
                : found + ", because relative paths start at " + SafeText.quoted(base.toString());
    }

    private static boolean isEnd(String written, Path absolute) {
        try {
            return !written.isBlank() && absolute.endsWith(relative(written));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static Path relative(String written) {
        return Path.of(written.startsWith("/") ? written.substring(1) : written).normalize();
    }

    private static @Nullable Path base(String written, Path absolute) {
        Path base = absolute;
        for (int i = relative(written).getNameCount(); i > 0 && base != null; i--) {
            base = base.getParent();
        }
        return base;
    }
}
