/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The file systems whose stamps are believed: those of this machine, by name. The attributes that a network file system gives
 * may be up to a minute old, while opening a file asks the server (close-to-open consistency, nfs(5)). Any other name is that of
 * a file system that is not known to keep a change time. One that is mounted for reading only is not believed, nor an overlay: it may
 * be an image, whose times and inodes its builder chose, and another image may take its place.
 *
 * <p>Not thread-safe; made for one look, because another file system may be mounted before the next.
 */
final class LocalFileSystems {

    private static final Set<String> BELIEVED =
            Set.of("apfs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "jfs", "tmpfs", "ufs", "xfs", "zfs");

    private final FileSystemAccess files;
    private final Map<Long, Boolean> devices = new HashMap<>();
    private long last;
    private boolean lastBelieved;

    LocalFileSystems(FileSystemAccess files) {
        this.files = files;
    }

    /** Returns whether the file system that holds a file is one of this machine. */
    boolean isBelieved(Path directory, Path file, FileStamp stamp) {
        if (!lastBelieved || stamp.device() != last) {
            last = stamp.device();
            lastBelieved = devices.computeIfAbsent(last, device -> isLocal(directory.resolve(file), files));
        }
        return lastBelieved;
    }

    /** Returns whether a file or directory is on a file system of this machine. */
    static boolean isLocal(Path file, FileSystemAccess files) {
        try {
            return BELIEVED.contains(files.typeOf(file));
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}
