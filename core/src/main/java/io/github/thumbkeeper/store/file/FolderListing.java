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
    private long time;
    private final List<Path> names = new ArrayList<>();
    private final List<FileStamp> stamps = new ArrayList<>();
    private final Set<Path> lists = new HashSet<>();
    private final Map<Path, Path> targets = new HashMap<>();
    private final List<Path> others = new ArrayList<>();

    /**
     * Creates an empty listing.
     *
     * @param directory the directory itself, to which its path leads now
     */
    FolderListing(Path directory) {
        this.directory = directory;
    }

    /** Notes the time at which all stamps have been seen, on the ticker. */
    void end(long now) {
        time = now;
    }

    /**
     * Adds a file that counts.
     *
     * @param isList whether it is a thumbprint list
     */
    void add(Path name, FileStamp stamp, boolean isList) {
        names.add(name);
        stamps.add(stamp);
        if (isList) {
            lists.add(name);
        }
    }

    /** Notes where the symbolic link leads that has this name. */
    void addTarget(Path name, Path target) {
        targets.put(name, target);
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
