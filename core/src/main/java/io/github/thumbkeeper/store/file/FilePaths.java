/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** Checks and names for paths of stores. */
final class FilePaths {

    private FilePaths() {}

    /** Refuses {@code ..}, which hides the real location of a list. */
    static void requireNoParent(String name, Path path) throws StoreException {
        for (Path part : path) {
            if (part.toString().equals("..")) {
                throw new StoreException(name, "has .. in its path; write the path without it", null);
            }
        }
    }

    /** Returns a warning if every user of the machine can change the file; never on file systems without POSIX permissions. */
    static List<String> writableByAll(String name, Path path) {
        try {
            return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)
                    ? List.of("[" + name + "] is writable by every user of this machine")
                    : List.of();
        } catch (UnsupportedOperationException | IOException e) {
            return List.of();
        }
    }

    /** Returns the file name without its extension. */
    static String stem(Path path) {
        Path file = path.getFileName();
        String name = file == null ? "" : file.toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
