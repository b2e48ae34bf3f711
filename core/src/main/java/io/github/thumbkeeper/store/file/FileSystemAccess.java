/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;

/** What is asked of a file system to recognise an unchanged file without reading it. Thread-safe. */
interface FileSystemAccess {

    /** Name of the JDK's view that has the change time, the inode and the device. */
    String UNIX = "unix";

    /** Asks the file system of the path. */
    FileSystemAccess OF_PATH = new FileSystemAccess() {};

    /** Lists a directory; the caller closes the stream. */
    @SuppressWarnings("StreamResourceLeak")
    default DirectoryStream<Path> list(Path directory) throws IOException {
        return Files.newDirectoryStream(directory);
    }

    /** Returns whether files have the attributes of the view {@code unix}; they do not on Windows. */
    default boolean hasUnixAttributes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains(UNIX);
    }

    /** Returns attributes of a file, by one call of the operating system. */
    default Map<String, Object> attributes(Path file, String names, LinkOption... options) throws IOException {
        return Files.readAttributes(file, names, options);
    }

    /** Returns the kind of file system that holds a file, such as {@code ext4}; with a remark if it is read-only. */
    default String typeOf(Path file) throws IOException {
        FileStore store = Files.getFileStore(file);
        return store.type() + (store.isReadOnly() ? ", read-only" : "");
    }
}
