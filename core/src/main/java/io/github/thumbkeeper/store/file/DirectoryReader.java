/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files directly in a directory, each of them once per change.
 *
 * <p>The names decide which files count. Any other file is ignored, and reported with the reason; only hidden files and the
 * copies that editors and copying programs leave are ignored silently. Kubernetes mounts contain such names ({@code ..data}).
 *
 * <p>A look lists the directory once and asks for the attributes of each file once. A file that is settled ({@link KnownFiles}),
 * has the same stamp ({@link FileStamp}) and is on a file system of this machine ({@link LocalFileSystems}) is unchanged; any other
 * file is read, and so are all files at every hundredth look. That covers what a stamp does not show: a program that keeps a file
 * mapped into its memory and changes it without a system call, a kernel whose clock was set back, a file system below another
 * one.
 *
 * <p>A file is known by its {@link Path}, never by the text of its name: a name that the locale cannot represent does not survive
 * the way from a path to a text and back.
 *
 * <p>Not thread-safe.
 *
 * @param <P> what is made of one file
 */
final class DirectoryReader<P> {

    private static final int ATTEMPTS = 3;

    /** From how many files on several processors ask for their attributes. */
    private static final int FEW = 4_000;

    /** How often all files are read, whatever their stamps are. */
    static final int LOOKS_PER_FULL_READING = 100;

    private final String name;
    private final Path path;
    private final Parser<P> parser;
    private final FileNames names;
    private final FileSystemAccess files;
    private final LongSupplier ticker;

    private KnownFiles known = KnownFiles.NONE;
    /** The result to which the known files belong; null if none was complete. */
    private @Nullable Scan<P> knownScan;

    /** Looks since all files were read. */
    private int looks;

    /**
     * Creates a reader; nothing is read yet.
     *
     * @param name the directory as messages name it
     * @param path its path
     * @param parser makes the value of one file
     * @param names selects the files that count
     */
    DirectoryReader(String name, Path path, Parser<P> parser, FileNames names) {
        this(name, path, parser, names, FileSystemAccess.OF_PATH, System::nanoTime);
    }

    DirectoryReader(
            String name, Path path, Parser<P> parser, FileNames names, FileSystemAccess files, LongSupplier ticker) {
        this.name = name;
        this.path = path;
        this.parser = parser;
        this.names = names;
        this.files = files;
        this.ticker = ticker;
    }

    String name() {
        return name;
    }

    Path path() {
        return path;
    }

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

        @SuppressWarnings("unchecked") // parts come from an earlier scan of the same reader
        private void put(Path file, Object outcome) {
            if (outcome instanceof IgnoredFile skipped) {
                ignored.put(file, skipped);
            } else {
                parts.put(file, (Loaded<P>) outcome);
            }
        }

        /** Returns whether this pass has found nothing else than an earlier one. */
        @SuppressWarnings("ReferenceEquality") // a fast path
        boolean isSameAs(Scan<P> other) {
            return this == other
                    || (hasPartsOf(other)
                            && messages(failures.values()).equals(messages(other.failures.values()))
                            && reasons().equals(other.reasons()));
        }

        /** Compares in one pass; an unchanged part is mostly the same object. */
        @SuppressWarnings("ReferenceEquality") // a fast path
        private boolean hasPartsOf(Scan<P> other) {
            boolean same = parts.size() == other.parts.size();
            Iterator<Map.Entry<Path, Loaded<P>>> others = other.parts.entrySet().iterator();
            for (Map.Entry<Path, Loaded<P>> mine : parts.entrySet()) {
                if (!same) {
                    return false;
                }
                Map.Entry<Path, Loaded<P>> its = others.next();
                same = mine.getKey().equals(its.getKey())
                        && (mine.getValue() == its.getValue() || mine.getValue().equals(its.getValue()));
            }
            return same;
        }

        /** Returns what was made of a file: its part, or why it is ignored. */
        @Nullable
        Object outcome(Path file) {
            Object part = parts.get(file);
            return part == null ? ignored.get(file) : part;
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

    /** State of a part that was read while the directory had a list. */
    private record WithLists(ContentHash hash) {}

    /**
     * Looks at all files. While files are read, the directory must stay the same, so that a switch of all files at once, such as that
     * of a {@code ..data} link, shows either the old set or the new one, never a mixture.
     *
     * @param previous the last successful pass
     * @return {@code previous} itself if it has no failures and nothing has changed
     */
    Scan<P> scan(Scan<P> previous) throws StoreException {
        FilePaths.requireNoParent(name, path);
        looks++;
        boolean all = looks >= LOOKS_PER_FULL_READING;
        FolderListing found = list();
        if (!all && isUnchanged(found, previous)) {
            return previous;
        }
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Scan<P> scan = new Scan<>();
            KnownFiles now = look(found, previous, all, scan);
            FolderListing after = list();
            if (after.isSameAs(found)) {
                boolean same = scan.failures.isEmpty() && scan.isSameAs(previous);
                known = now;
                knownScan = same ? previous : scan;
                looks = all ? 0 : looks;
                return knownScan;
            }
            found = after;
        }
        throw new StoreException(name, "changed while it was read, " + ATTEMPTS + " times", null);
    }

    /** Returns whether no file need be read to know that the last result still holds. */
    @SuppressWarnings("ReferenceEquality") // results are recognised by their identity
    private boolean isUnchanged(FolderListing found, Scan<P> previous) {
        if (knownScan != previous
                || !previous.failures.isEmpty()
                || known.size() != found.names().size()
                || previous.parts.size() + previous.ignored.size()
                        != known.size() + found.others().size()) {
            return false;
        }
        LocalFileSystems local = new LocalFileSystems(files);
        known.startLookUp();
        boolean same = true;
        for (int i = 0; i < known.size() && same; i++) {
            int place = known.find(found.names().get(i));
            same = place >= 0 && isUnchanged(place, found.stamp(i), local);
        }
        known.endLookUp();
        for (int i = 0; i < found.others().size() && same; i++) {
            Path file = found.others().get(i);
            same = other(file, previous) == previous.ignored.get(file);
        }
        return same;
    }

    private boolean isUnchanged(int place, FileStamp stamp, LocalFileSystems local) {
        return known.isSettled(place)
                && known.hasStamp(place, stamp)
                && local.isBelieved(path, known.name(place), stamp);
    }

    private IgnoredFile other(Path file, Scan<P> previous) {
        return IgnoredFile.byName(file(file), names.expected(), previous.ignored.get(file));
    }

    /**
     * Fills a scan, and returns what is known then.
     *
     * @param all whether all files are read
     */
    @SuppressWarnings("ReferenceEquality") // what was made of a file is recognised by its identity
    private KnownFiles look(FolderListing found, Scan<P> previous, boolean all, Scan<P> scan) {
        KnownFiles now = new KnownFiles(found.names().size());
        LocalFileSystems local = new LocalFileSystems(files);
        known.startLookUp();
        for (int i = 0; i < found.names().size(); i++) {
            Path file = found.names().get(i);
            FileStamp stamp = found.stamp(i);
            int place = known.find(file);
            boolean sameStamp = place >= 0 && known.hasStamp(place, stamp);
            long since = sameStamp ? known.since(place) : found.time();
            Object before = previous.outcome(file);
            if (!all
                    && sameStamp
                    && before != null
                    && known.outcome(place) == before
                    && isOf(before, found.hasLists())
                    && isUnchanged(place, stamp, local)) {
                scan.put(file, before);
                now.add(file, found.isList(file), before, stamp, since, true);
            } else {
                boolean old = KnownFiles.isOld(since, ticker.getAsLong());
                read(file, previous, found.hasLists(), scan);
                Object outcome = scan.failures.containsKey(file) ? null : scan.outcome(file);
                if (outcome != null) {
                    boolean settles = old && sameStamp && outcome == known.outcome(place);
                    now.add(file, found.isList(file), outcome, stamp, since, settles);
                }
            }
        }
        known.endLookUp();
        for (Path file : found.others()) {
            scan.ignored.put(file, other(file, previous));
        }
        return now;
    }

    /** Returns whether what was made of a file does not depend on lists, or was made with as many. */
    private static boolean isOf(Object outcome, boolean lists) {
        return !(outcome instanceof Loaded<?> part) || isReadWithoutLists(part) != lists;
    }

    private void read(Path file, Scan<P> previous, boolean lists, Scan<P> scan) {
        Loaded<P> before = previous.parts.get(file);
        try {
            part(file(file), before, lists, file, scan);
            scan.ignored.computeIfPresent(file, (same, now) -> now.orSame(previous.ignored.get(file)));
        } catch (StoreException e) {
            fail(file, e, before, scan);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // One file must not hold up the others.
            fail(
                    file,
                    new StoreException(
                            nameOf(file), "cannot be read: " + e.getClass().getName(), e),
                    before,
                    scan);
        }
    }

    private void fail(Path file, StoreException failure, @Nullable Loaded<P> before, Scan<P> scan) {
        scan.failures.put(file, failure);
        if (before != null) {
            scan.parts.put(file, before);
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

    private static Object state(ContentHash hash, boolean lists) {
        return lists ? new WithLists(hash) : hash;
    }

    /** Returns whether a file was read while the directory had no list. */
    static boolean isReadWithoutLists(Loaded<?> part) {
        return part.state() instanceof ContentHash;
    }

    private StoreFile file(Path fileName) {
        return new StoreFile(nameOf(fileName), path.resolve(fileName));
    }

    /** Returns a file as messages name it; without control characters, which could forge lines of the log. */
    String nameOf(Path fileName) {
        boolean slash = name.endsWith("/") || name.endsWith("\\");
        // A path keeps its text once it was asked for it, and the names are kept.
        return name + (slash ? "" : "/") + SafeText.text(FilePaths.nameOf(path.resolve(fileName)));
    }

    /** Returns the files that count, each with its present stamp, and the others that are reported. */
    private FolderListing list() throws StoreException {
        FolderListing listing = new FolderListing(target(path));
        List<Path> found = new ArrayList<>(known.size());
        known.startLookUp();
        try (DirectoryStream<Path> stream = files.list(path)) {
            for (Path file : stream) {
                if (add(file, listing)) {
                    found.add(file);
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        } catch (DirectoryIteratorException e) {
            throw new StoreException(name, "cannot be listed completely", e);
        } finally {
            known.endLookUp();
        }
        boolean stamps = files.hasUnixAttributes(path);
        // Only on a file system of this machine, and not where links lead: one that hangs must not hold threads that
        // are not ours.
        boolean parallel = stamps && found.size() > FEW && LocalFileSystems.isLocal(path, files);
        Stream<Path> stream = parallel ? found.parallelStream() : found.stream();
        List<Optional<FileStamp>> plain = stream.map(file -> stamps ? plain(file) : Optional.<FileStamp>empty())
                .toList();
        List<FolderListing.Found> all = new ArrayList<>(found.size());
        for (int i = 0; i < found.size(); i++) {
            Optional<FileStamp> stamp = plain.get(i);
            all.add(stamp.isPresent() ? new FolderListing.Plain(stamp.get()) : linked(found.get(i), stamps));
        }
        listing.add(all, ticker.getAsLong());
        return listing;
    }

    /** Adds a file, and returns whether it counts. */
    private boolean add(Path file, FolderListing listing) {
        Path fileName = file.getFileName();
        int place = known.find(fileName);
        if (place >= 0) {
            listing.add(known.name(place), known.isList(place));
            return true;
        }
        String text = FilePaths.nameOf(file);
        boolean counts = !names.isSilent(text) && names.isWanted(text);
        if (counts) {
            listing.add(fileName, FileNames.isList(file));
        } else if (!names.isSilent(text)) {
            listing.addOther(fileName);
        }
        return counts;
    }

    /** Returns the stamp of a file that is no link. */
    private Optional<FileStamp> plain(Path file) {
        try {
            return FileStamp.at(file, files);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private FolderListing.Found linked(Path file, boolean stamps) {
        try {
            return new FolderListing.Linked(stamps ? FileStamp.behind(file, files) : FileStamp.NONE, target(file));
        } catch (IOException | RuntimeException e) {
            // Reading the file reports the problem.
            return new FolderListing.Linked(FileStamp.NONE, target(file));
        }
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
