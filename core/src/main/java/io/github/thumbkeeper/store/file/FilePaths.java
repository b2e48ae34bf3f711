/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks and names for paths of stores. */
public final class FilePaths {

    private static final char REPLACEMENT = '\uFFFD';

    /** Names the user, because a server often runs as another one than the administrator. */
    static final String NOT_PERMITTED =
            "cannot be read: the user of this process, [" + System.getProperty("user.name") + "], has no permission";

    private FilePaths() {}

    /** Refuses {@code ..}, which hides the real location of a list. */
    public static void requireNoParent(String name, Path path) throws StoreException {
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
                    ? List.of("store [" + name + "] is writable by every user of this machine")
                    : List.of();
        } catch (UnsupportedOperationException | IOException e) {
            return List.of();
        }
    }

    /**
     * Returns the file name without its extension, for a label; null if the name is not known, because two unknown names could look
     * the same.
     */
    public static @Nullable String stem(Path path) {
        String name = nameOf(path);
        int dot = name.lastIndexOf('.');
        String stem = dot > 0 ? name.substring(0, dot) : name;
        return isKnown(path, name) ? stem : null;
    }

    /**
     * Returns the name of a file. The bytes of a name are read as UTF-8, whatever the locale is: with {@code LC_ALL=C} the JDK gives
     * a replacement character for each byte that is not ASCII.
     */
    public static String nameOf(Path path) {
        Path file = path.getFileName();
        String name = file == null ? "" : file.toString();
        return isAscii(name) ? name : decoded(path).orElse(name);
    }

    private static boolean isKnown(Path path, String name) {
        return name.indexOf(REPLACEMENT) < 0 || decoded(path).isPresent();
    }

    private static boolean isAscii(String name) {
        return name.chars().allMatch(c -> c < 0x80);
    }

    /** Returns the name by its bytes, which the URI of a path has in percent-encoding; empty if they are not UTF-8. */
    private static Optional<String> decoded(Path path) {
        String uri = path.toUri().getRawPath();
        String name = uri.substring(uri.lastIndexOf('/', uri.length() - 2) + 1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < name.length(); i++) {
            boolean escape = name.charAt(i) == '%';
            bytes.write(escape ? Integer.parseInt(name, i + 1, i + 3, 16) : name.charAt(i));
            i += escape ? 2 : 0;
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
