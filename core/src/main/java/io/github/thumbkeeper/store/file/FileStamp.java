/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a file system records about a file apart from its content, as Git's index keeps it.
 *
 * <p>The change time is the one that counts. The kernel sets it to its own time at every change of the content, of the other times,
 * of the permissions and of the name, and no program can set it back, as {@code touch -d} does with the time of modification.
 * Inode and device distinguish a file that was moved over another one, or that a symbolic link now leads to. Size and
 * modification time are for file systems that keep a poor change time.
 *
 * <p>Immutable and thread-safe.
 *
 * @param modified time of modification in nanoseconds since 1970
 * @param changed change time in nanoseconds since 1970
 * @see <a href="https://git-scm.com/docs/racy-git">Use of index and Racy Git problem</a>
 */
record FileStamp(long size, long modified, long changed, long inode, long device) {

    /** Says nothing about a file, so that it must be read. */
    static final FileStamp NONE = new FileStamp(-1, 0, 0, 0, 0);

    private static final String NAMES = FileSystemAccess.UNIX + ":size,lastModifiedTime,ctime,ino,dev,mode";
    private static final int TYPE = 0170000;
    private static final int REGULAR = 0100000;
    private static final int LINK = 0120000;

    /** Returns the stamp of what is at a path, or nothing if it is a symbolic link, whose own stamp says nothing about the file. */
    static Optional<FileStamp> at(Path path, FileSystemAccess files) throws IOException {
        Map<String, Object> attributes = files.attributes(path, NAMES, LinkOption.NOFOLLOW_LINKS);
        return type(attributes) == LINK ? Optional.empty() : Optional.of(of(attributes));
    }

    /** Returns the stamp of the file at a path, to which symbolic links may lead. */
    static FileStamp behind(Path path, FileSystemAccess files) throws IOException {
        return of(files.attributes(path, NAMES));
    }

    boolean isKnown() {
        return size >= 0;
    }

    private static FileStamp of(Map<String, Object> attributes) {
        return type(attributes) == REGULAR
                ? new FileStamp(
                        (Long) attributes.get("size"),
                        nanos(attributes, "lastModifiedTime"),
                        nanos(attributes, "ctime"),
                        (Long) attributes.get("ino"),
                        (Long) attributes.get("dev"))
                : NONE;
    }

    private static int type(Map<String, Object> attributes) {
        return (Integer) attributes.get("mode") & TYPE;
    }

    private static long nanos(Map<String, Object> attributes, String name) {
        return ((FileTime) attributes.get(name)).to(TimeUnit.NANOSECONDS);
    }
}
