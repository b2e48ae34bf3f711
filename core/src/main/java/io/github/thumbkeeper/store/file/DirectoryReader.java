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
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files directly in a directory, each of them once per change.
 *
 * <p>The names decide which files count. Any other file is ignored, and reported with the reason; only hidden files and the
 * copies that editors and copying programs leave are ignored silently. Kubernetes mounts contain such names ({@code ..data}).
 *
 * <p>A file is known by its {@link Path}, never by the text of its name: a name that the locale cannot represent does not survive
 * the way from a path to a text and back.
 *
 * @param <P> what is made of one file
 * @param name the directory as messages name it
 * @param path its path
 * @param parser makes the value of one file
 * @param names selects the files that count
 */
record DirectoryReader<P>(String name, Path path, Parser<P> parser, FileNames names) {

    private static final int ATTEMPTS = 3;

    /** Makes the value of one file. */
    @FunctionalInterface
    interface Parser<P> {
        /**
         * Parses the content.
         *
         * @param hasLists whether the directory has thumbprint lists too
         * @throws StoreException if the file is bad; its previous value stays
         */
        Parsed<P> parse(StoreFile file, StoreFile.Content content, boolean hasLists) throws StoreException;
    }

    /** Result of parsing one file. */
    sealed interface Parsed<P> {}

    /** The value of a file, and warnings about it. */
    record Value<P>(P value, List<String> warnings) implements Parsed<P> {}

    /** A file that belongs to the certificates, but does not count: a private key. */
    record Skipped<P>(String why) implements Parsed<P> {}

    /**
     * Result of one pass over the directory. All maps are by file name.
     *
     * @param parts the value of each file; for a file that cannot be read now, its previous value
     * @param failures the failures
     * @param ignored the files that do not count
     */
    record Scan<P>(
            SortedMap<Path, Loaded<P>> parts,
            SortedMap<Path, StoreException> failures,
            SortedMap<Path, IgnoredFile> ignored) {

        Scan() {
            this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        }

        /** Returns whether this pass has found nothing else than an earlier one. */
        boolean isSameAs(Scan<P> other) {
            return parts.equals(other.parts)
                    && messages(failures.values()).equals(messages(other.failures.values()))
                    && reasons().equals(other.reasons());
        }

        private static List<String> messages(Collection<StoreException> failures) {
            return failures.stream().map(Throwable::getMessage).toList();
        }

        private List<String> reasons() {
            return ignored.values().stream().map(IgnoredFile::warning).toList();
        }

        /** Returns warnings about the files that do not count. */
        List<String> warnings() {
            return IgnoredFile.warnings(ignored.values());
        }
    }

    /** The files of a directory at one moment. */
    private record Listing(SortedMap<Path, Path> targets, List<Path> others) {
        boolean hasLists() {
            return targets.keySet().stream().anyMatch(FileNames::isList);
        }
    }

    /**
     * Reads all files. The directory must stay the same meanwhile, so that a switch of all files at once, such as that of a
     * {@code ..data} link, shows either the old set or the new one, never a mixture.
     *
     * @param previous the last successful pass
     */
    Scan<P> scan(Scan<P> previous) throws StoreException {
        FilePaths.requireNoParent(name, path);
        Listing found = list();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Scan<P> scan = scan(found, previous);
            Listing after = list();
            if (after.targets.equals(found.targets)) {
                return scan;
            }
            found = after;
        }
        throw new StoreException(name, "changed while it was read, " + ATTEMPTS + " times", null);
    }

    private Scan<P> scan(Listing found, Scan<P> previous) {
        Scan<P> scan = new Scan<>();
        boolean lists = found.hasLists();
        for (Path file : found.targets.keySet()) {
            read(file, previous.parts.get(file), lists, scan);
        }
        for (Path file : found.others) {
            scan.ignored.put(file, IgnoredFile.byName(file(file), names.expected(), previous.ignored.get(file)));
        }
        return scan;
    }

    private void read(Path file, @Nullable Loaded<P> before, boolean lists, Scan<P> scan) {
        try {
            part(file(file), before, lists, file, scan);
        } catch (StoreException e) {
            scan.failures.put(file, e);
            if (before != null) {
                scan.parts.put(file, before);
            }
        }
    }

    /** Reads one file, if it has changed. */
    void part(StoreFile file, @Nullable Loaded<P> before, boolean lists, Path key, Scan<P> scan) throws StoreException {
        if (before != null && before.state().equals(state(file.hash(), lists))) {
            scan.parts.put(key, before);
            return;
        }
        StoreFile.Content content = file.read();
        Parsed<P> parsed = parser.parse(file, content, lists);
        if (parsed instanceof Value<P> read) {
            scan.parts.put(key, new Loaded<>(read.value(), read.warnings(), List.of(), state(content.hash(), lists)));
        } else if (parsed instanceof Skipped<P> skipped) {
            if (before != null) {
                throw new StoreException(
                        file.name(), "held entries before and " + skipped.why() + "; remove the file instead", null);
            }
            scan.ignored.put(key, IgnoredFile.byContent(file.name(), skipped.why()));
        }
    }

    private static String state(String hash, boolean lists) {
        return lists ? hash + "+" : hash;
    }

    private StoreFile file(Path fileName) {
        return new StoreFile(nameOf(fileName), path.resolve(fileName));
    }

    /** Returns a file as messages name it; without control characters, which could forge lines of the log. */
    String nameOf(Path fileName) {
        boolean slash = name.endsWith("/") || name.endsWith("\\");
        return name + (slash ? "" : "/") + SafeText.text(FilePaths.nameOf(fileName));
    }

    /** Returns the files that count, each with its present target, and the others that are reported. */
    private Listing list() throws StoreException {
        SortedMap<Path, Path> targets = new TreeMap<>();
        SortedMap<Path, Path> others = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(path)) {
            for (Path file : stream) {
                String text = FilePaths.nameOf(file);
                if (!names.isSilent(text)) {
                    boolean wanted = names.isWanted(text) && !Files.isDirectory(file);
                    (wanted ? targets : others).put(file.getFileName(), wanted ? target(file) : file);
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        } catch (DirectoryIteratorException e) {
            throw new StoreException(name, "cannot be listed completely", e);
        }
        return new Listing(targets, List.copyOf(others.keySet()));
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
            why = FilePaths.NOT_PERMITTED;
        }
        return new StoreException(name, why, e);
    }
}
