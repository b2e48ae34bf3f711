/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of a directory at one moment, in the order in which the file system lists them.
 *
 * <p>Not thread-safe; made for one look.
 */
final class FolderListing {

    private final Path directory;
    private final List<Path> names = new ArrayList<>();
    private final Set<Path> lists = new HashSet<>();
    private final List<Path> others = new ArrayList<>();
    private final List<FileStamp> stamps = new ArrayList<>();
    private final Map<Path, Path> targets = new HashMap<>();
    private long time;

    /** A file that counts. */
    sealed interface Found {
        FileStamp stamp();
    }

    /** A file that is in the directory itself. */
    record Plain(FileStamp stamp) implements Found {}

    /** A file to which a symbolic link leads, or that may be one. */
    record Linked(FileStamp stamp, Path target) implements Found {}

    /**
     * Creates an empty listing.
     *
     * @param directory the directory itself, to which its path leads now
     */
    FolderListing(Path directory) {
        this.directory = directory;
    }

    /**
     * Adds a file that counts.
     *
     * @param isList whether it is a thumbprint list
     */
    void add(Path name, boolean isList) {
        names.add(name);
        if (isList) {
            lists.add(name);
        }
    }

    /**
     * Adds what was found out about all files that count, in their order.
     *
     * @param now the time at which all stamps have been seen, on the ticker
     */
    void add(List<Found> found, long now) {
        for (Found each : found) {
            if (each instanceof Linked linked) {
                targets.put(names.get(stamps.size()), linked.target());
            }
            stamps.add(each.stamp());
        }
        time = now;
    }

    /** Adds a file that does not count, and is reported. */
    void addOther(Path name) {
        others.add(name);
    }

    /** Returns the names of the files that count. */
    List<Path> names() {
        return names;
    }

    /** Returns the stamp of a file by its place among the names. */
    FileStamp stamp(int place) {
        return stamps.get(place);
    }

    /** Returns the names of the other files that are reported. */
    List<Path> others() {
        return others;
    }

    boolean isList(Path name) {
        return lists.contains(name);
    }

    boolean hasLists() {
        return !lists.isEmpty();
    }

    /** Returns the time at which all stamps had been seen, on the ticker. */
    long time() {
        return time;
    }

    /** Returns whether the same names led to the same places at another moment. */
    boolean isSameAs(FolderListing other) {
        Set<Path> mine = new HashSet<>(names);
        return directory.equals(other.directory)
                && targets.equals(other.targets)
                && names.size() == other.names.size()
                && mine.containsAll(other.names);
    }
}
