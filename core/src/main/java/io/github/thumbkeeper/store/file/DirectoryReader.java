/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files directly in a directory, each of them once per change.
 *
 * <p>Only files with certain extensions count. Other files, hidden files and directories are ignored: editors, copying programs
 * and Kubernetes ({@code ..data}) create such files.
 *
 * @param <V> what is made of one file
 * @param name the directory as messages name it
 * @param path its path
 * @param parser makes the value of one file
 * @param files the names, in lower case, of the files that count
 */
record DirectoryReader<V>(String name, Path path, Parser<V> parser, Pattern files) {

    private static final Pattern CERTIFICATES = Pattern.compile("(?s)[^.].*\\.(pem|crt|cer|der)");
    private static final int ATTEMPTS = 3;

    /** Returns a reader of files with certificates: those that end in {@code .pem .crt .cer .der}. */
    static <V> DirectoryReader<V> ofCertificates(String name, Path path, Parser<V> parser) {
        return new DirectoryReader<>(name, path, parser, CERTIFICATES);
    }

    /** Makes the value of one file; the hash of its content becomes the state of the result. */
    @FunctionalInterface
    interface Parser<V> {
        Loaded<V> parse(StoreFile file, StoreFile.Content content) throws StoreException;
    }

    /**
     * Result of one pass over the directory.
     *
     * @param parts the value of each file, by file name; for a file that cannot be read now, its previous value
     * @param failures the failures, by file name
     */
    record Scan<V>(SortedMap<String, Loaded<V>> parts, SortedMap<String, StoreException> failures) {

        Scan() {
            this(new TreeMap<>(), new TreeMap<>());
        }

        /**
         * Joins the files to one result.
         *
         * @param previous the result of the last successful load, or null
         * @param joiner makes one value of those of the files
         * @param warnings warnings about the directory, in front of those of the files
         * @return the result; {@code previous} itself if nothing has changed
         */
        Loaded<V> toLoaded(
                @Nullable Loaded<V> previous, Function<Collection<Loaded<V>>, V> joiner, List<String> warnings) {
            List<StoreException> failed = List.copyOf(failures.values());
            if (previous != null
                    && parts.equals(partsOf(previous))
                    && messages(failed).equals(messages(previous.failures()))) {
                return previous;
            }
            List<String> all = new ArrayList<>(warnings);
            parts.values().forEach(part -> all.addAll(part.warnings()));
            return new Loaded<>(joiner.apply(parts.values()), all, failed, new State<>(parts));
        }

        private static List<String> messages(List<StoreException> failures) {
            return failures.stream().map(Throwable::getMessage).toList();
        }
    }

    /** The files that a result was made of. */
    private record State<V>(SortedMap<String, Loaded<V>> parts) {}

    /** Returns the value of each file that a result was made of, by file name. */
    @SuppressWarnings("unchecked") // toLoaded() sets it
    static <V> SortedMap<String, Loaded<V>> partsOf(@Nullable Loaded<V> loaded) {
        return loaded == null ? new TreeMap<>() : ((State<V>) loaded.state()).parts();
    }

    /** Concatenates the lists of files. */
    static <T> List<T> joinLists(Collection<Loaded<List<T>>> files) {
        return files.stream().flatMap(file -> file.value().stream()).toList();
    }

    /**
     * Reads all files. The directory must stay the same meanwhile, so that a switch of all files at once, such as that of a
     * {@code ..data} link, shows either the old set or the new one, never a mixture.
     *
     * @param previous the result of the last successful load, or null
     */
    Scan<V> scan(@Nullable Loaded<V> previous) throws StoreException {
        FilePaths.requireNoParent(name, path);
        SortedMap<String, Path> found = list();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Scan<V> scan = scan(found, partsOf(previous));
            SortedMap<String, Path> after = list();
            if (after.equals(found)) {
                return scan;
            }
            found = after;
        }
        throw new StoreException(name, "changed while it was read, " + ATTEMPTS + " times", null);
    }

    private Scan<V> scan(SortedMap<String, Path> found, Map<String, Loaded<V>> previous) {
        Scan<V> scan = new Scan<>();
        for (String file : found.keySet()) {
            Loaded<V> before = previous.get(file);
            try {
                scan.parts.put(file, part(new StoreFile(nameOf(file), path.resolve(file)), before));
            } catch (StoreException e) {
                scan.failures.put(file, e);
                if (before != null) {
                    scan.parts.put(file, before);
                }
            }
        }
        return scan;
    }

    /** Reads one file, if it has changed. */
    Loaded<V> part(StoreFile file, @Nullable Loaded<V> before) throws StoreException {
        return before != null && before.state().equals(file.hash()) ? before : parser.parse(file, file.read());
    }

    /** Returns a file as messages name it; without control characters, which could forge lines of the log. */
    String nameOf(String fileName) {
        boolean slash = name.endsWith("/") || name.endsWith("\\");
        return name + (slash ? "" : "/") + SafeText.text(fileName);
    }

    /** Returns the names of the files that count, each with its present target. */
    private SortedMap<String, Path> list() throws StoreException {
        SortedMap<String, Path> found = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path, this::isWanted)) {
            for (Path file : stream) {
                found.put(nameOf(file), target(file));
            }
        } catch (IOException e) {
            throw unreadable(e);
        } catch (DirectoryIteratorException e) {
            throw new StoreException(name, "cannot be listed completely", e);
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
            // Reading the file reports the problem.
            return file;
        }
    }

    private StoreException unreadable(IOException e) {
        String why = "cannot be read (" + e.getClass().getSimpleName() + ")";
        if (e instanceof NoSuchFileException) {
            why = MissingPath.why(name, path);
        } else if (e instanceof NotDirectoryException) {
            why = "is no longer a directory";
        } else if (e instanceof AccessDeniedException) {
            why = "cannot be read: this process has no permission";
        }
        return new StoreException(name, why, e);
    }
}
