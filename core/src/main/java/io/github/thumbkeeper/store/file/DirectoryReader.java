/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files directly in a directory, each of them once per change.
 *
 * <p>Only certain names are looked at, of certificates those ending {@code .pem .crt .cer .der}. All else is passed over, and so are hidden files and
 * directories: editors, copying programs and Kubernetes ({@code ..data}) leave such things behind.
 *
 * @param name what messages call the directory
 * @param path where it is
 * @param parser makes of one file what is kept of it
 * @param files the names, in lower case, of the files that are looked at
 */
record DirectoryReader<T>(String name, Path path, Parser<T> parser, Pattern files) {

    private static final Pattern CERTIFICATE = Pattern.compile("(?s)[^.].*\\.(pem|crt|cer|der)");
    private static final int ATTEMPTS = 3;

    /** Reads certificate files. */
    DirectoryReader(String name, Path path, Parser<T> parser) {
        this(name, path, parser, CERTIFICATE);
    }

    /** Makes of one file what is kept of it. */
    interface Parser<T> {
        T parse(StoreFile file, StoreFile.Content content) throws StoreException;
    }

    /** What is kept of a file, and the hash of the content it was made of. */
    record Part<T>(String hash, T value) {}

    /**
     * What a look at the directory gave.
     *
     * @param parts what is kept of each file, by file name; of a file that cannot be read what was kept of it before
     * @param failures why files cannot be read, by file name
     */
    record Scan<T>(SortedMap<String, Part<T>> parts, SortedMap<String, StoreException> failures) {}

    /**
     * Looks at all files. While they are read the directory must stay the same, so that a switch of the whole set, such
     * as that of a {@code ..data} link, shows the old set or the new one, never some of each.
     */
    Scan<T> scan(Map<String, Part<T>> previous) throws StoreException {
        FilePaths.requireNoParent(name, path);
        SortedMap<String, Path> found = list();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Scan<T> scan = scan(found, previous);
            SortedMap<String, Path> after = list();
            if (after.equals(found)) {
                return scan;
            }
            found = after;
        }
        throw new StoreException(name, "changed while it was read, " + ATTEMPTS + " times", null);
    }

    private Scan<T> scan(SortedMap<String, Path> found, Map<String, Part<T>> previous) {
        Scan<T> scan = new Scan<>(new TreeMap<>(), new TreeMap<>());
        for (String file : found.keySet()) {
            Part<T> before = previous.get(file);
            try {
                scan.parts.put(file, part(file, before));
            } catch (StoreException e) {
                scan.failures.put(file, e);
                if (before != null) {
                    scan.parts.put(file, before);
                }
            }
        }
        return scan;
    }

    private Part<T> part(String fileName, @Nullable Part<T> before) throws StoreException {
        StoreFile file = new StoreFile(nameOf(fileName), path.resolve(fileName));
        if (before != null && before.hash().equals(file.hash())) {
            return before;
        }
        StoreFile.Content content = file.read();
        return new Part<>(content.hash(), parser.parse(file, content));
    }

    /** Returns what messages call a file. */
    String nameOf(String fileName) {
        boolean slash = name.endsWith("/") || name.endsWith("\\");
        // Whoever may put files here could otherwise write lines of his own into the log.
        return name + (slash ? "" : "/") + SafeText.text(fileName);
    }

    /** Returns the names of the certificate files, each with the file it leads to now. */
    private SortedMap<String, Path> list() throws StoreException {
        SortedMap<String, Path> found = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path, this::isWanted)) {
            for (Path file : stream) {
                found.put(nameOf(file), target(file));
            }
        } catch (IOException e) {
            throw unreadable(e);
        } catch (DirectoryIteratorException e) {
            throw new StoreException(name, "cannot be listed to its end", e);
        }
        return found;
    }

    private boolean isWanted(Path file) {
        return files.matcher(nameOf(file).toLowerCase(Locale.ROOT)).matches() && !Files.isDirectory(file);
    }

    private static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? "" : name.toString();
    }

    private static Path target(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            // Reading it will say what is wrong with it.
            return file;
        }
    }

    private StoreException unreadable(IOException e) {
        String why = "cannot be read (" + e.getClass().getSimpleName() + ")";
        if (e instanceof NoSuchFileException) {
            why = "does not exist";
        } else if (e instanceof NotDirectoryException) {
            why = "is not a directory any more";
        } else if (e instanceof AccessDeniedException) {
            why = "cannot be read: this process has no permission";
        }
        return new StoreException(name, why, e);
    }
}
