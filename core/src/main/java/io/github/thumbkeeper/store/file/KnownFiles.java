/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the last look at a directory found out about each file, in columns: about 60 bytes for each, apart from its name and
 * its content.
 *
 * <p>A file is <em>settled</em> if any later change of it must change its stamp. It was read twice with the same result, and before
 * the second time its stamp had been there for longer than the {@link #GRAIN}. Then the clock of the file system had moved on, and
 * a change after the reading gets a later change time. A file that has just been written is not settled, and is read again by the
 * next look: it may be changed once more within the same tick of that clock (Git calls it racily clean). The clock of the file
 * system is compared only with itself, through the time that passes on ours, so the two may differ by any amount. The second
 * reading also repairs one that a symbolic link misled, which was switched there and back meanwhile.
 *
 * <p>Not thread-safe.
 */
final class KnownFiles {

    /** Knows no file. */
    static final KnownFiles NONE = new KnownFiles(0);

    /** Longer than one tick of the clock of any file system: FAT counts in 2 seconds, ext3 in one, others in milliseconds. */
    static final long GRAIN = 3_000_000_000L;

    private static final int FIELDS = 5;

    private final Path[] names;
    private final Object[] outcomes;
    private final long[] stamps;
    private final long[] since;
    private final boolean[] settled;
    private final boolean[] lists;
    private int size;
    private @Nullable Map<Path, Integer> places;
    private int expected;

    /** Creates an empty memory for at most so many files. */
    KnownFiles(int capacity) {
        names = new Path[capacity];
        outcomes = new Object[capacity];
        stamps = new long[capacity * FIELDS];
        since = new long[capacity];
        settled = new boolean[capacity];
        lists = new boolean[capacity];
    }

    /**
     * Adds what a look found out.
     *
     * @param isList whether it is a thumbprint list
     * @param outcome the part or the ignored file that was made of the content
     * @param seen when the stamp was seen first, on the ticker
     * @param isSettled whether any later change must change the stamp
     */
    void add(Path name, boolean isList, Object outcome, FileStamp stamp, long seen, boolean isSettled) {
        names[size] = name;
        lists[size] = isList;
        outcomes[size] = outcome;
        int at = size * FIELDS;
        stamps[at] = stamp.size();
        stamps[at + 1] = stamp.modified();
        stamps[at + 2] = stamp.changed();
        stamps[at + 3] = stamp.inode();
        stamps[at + 4] = stamp.device();
        since[size] = seen;
        settled[size] = isSettled && stamp.isKnown();
        size++;
    }

    int size() {
        return size;
    }

    /** Begins to look up the files in the order of a listing, which is mostly that of the last one. */
    void startLookUp() {
        expected = 0;
    }

    /** Returns the place of a file, or -1 if it is not known. */
    int find(Path name) {
        int place = expected < size && names[expected].equals(name) ? expected : search(name);
        expected = place < 0 ? expected : place + 1;
        return place;
    }

    private int search(Path name) {
        Map<Path, Integer> all = places;
        if (all == null) {
            all = new HashMap<>();
            for (int i = 0; i < size; i++) {
                all.put(names[i], i);
            }
            places = all;
        }
        return all.getOrDefault(name, -1);
    }

    /** Ends the look-ups, and forgets what only they need. */
    void endLookUp() {
        places = null;
    }

    Path name(int place) {
        return names[place];
    }

    boolean isList(int place) {
        return lists[place];
    }

    /** Returns what was made of a file. */
    Object outcome(int place) {
        return outcomes[place];
    }

    boolean hasStamp(int place, FileStamp stamp) {
        int at = place * FIELDS;
        return stamp.isKnown()
                && stamps[at] == stamp.size()
                && stamps[at + 1] == stamp.modified()
                && stamps[at + 2] == stamp.changed()
                && stamps[at + 3] == stamp.inode()
                && stamps[at + 4] == stamp.device();
    }

    boolean isSettled(int place) {
        return settled[place];
    }

    /** Returns when the stamp of a file was seen first, on the ticker. */
    long since(int place) {
        return since[place];
    }

    /** Returns whether a stamp has been there for so long that any later change must change it. */
    static boolean isOld(long seen, long now) {
        return now - seen > GRAIN;
    }
}
