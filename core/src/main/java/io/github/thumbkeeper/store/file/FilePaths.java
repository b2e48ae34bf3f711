/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;

/** What is demanded of the path of a store. */
final class FilePaths {

    private FilePaths() {}

    /** A {@code ..} hides where a list really comes from. */
    static void requireNoParent(String name, Path path) throws StoreException {
        for (Path part : path) {
            if (part.toString().equals("..")) {
                throw new StoreException(name, "has .. in its path; write the path without it", null);
            }
        }
    }

    /** Returns a warning if every user of the machine could change the list; none where there are no POSIX permissions. */
    static List<String> writableByAll(String name, Path path) {
        try {
            return Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_WRITE)
                    ? List.of("[" + name + "] can be written by every user of this machine")
                    : List.of();
        } catch (UnsupportedOperationException | IOException e) {
            return List.of();
        }
    }

    /** Returns the name of the file without its extension. */
    static String stem(Path path) {
        Path file = path.getFileName();
        String name = file == null ? "" : file.toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
