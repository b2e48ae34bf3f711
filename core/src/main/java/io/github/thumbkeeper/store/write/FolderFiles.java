/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * Writes files so that a reader sees the old content or the new one, and that a power failure loses neither.
 *
 * <p>No symbolic link is followed or created, because a link in the place of a file would lead the write elsewhere. Thread-safe for
 * different folders.
 */
final class FolderFiles {

    /** Name of the temporary file, which no reader takes into account. */
    static final String TEMPORARY = ".clients.tmp";

    private FolderFiles() {}

    /** A check just before a file takes its place. */
    @FunctionalInterface
    interface Guard {
        void check() throws IOException;
    }

    /** Replaces a file, or creates it. */
    static void replace(Path folder, String name, byte[] content, WritePoint point) throws IOException {
        replace(folder, name, content, point, () -> {});
    }

    /** Replaces a file, or creates it, unless the guard throws an exception. */
    static void replace(Path folder, String name, byte[] content, WritePoint point, Guard guard) throws IOException {
        Path target = folder.resolve(name);
        deleteTemporary(folder);
        Path written = folder.resolve(TEMPORARY);
        try (FileChannel channel = FileChannel.open(written, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            point.reached("temporary file created for " + name);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        keepPermissions(target, written);
        point.reached("temporary file written for " + name);
        guard.check();
        Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        point.reached("moved " + name);
    }

    /** Deletes what a writer has left that was killed while it wrote. */
    static void deleteTemporary(Path folder) throws IOException {
        Files.deleteIfExists(folder.resolve(TEMPORARY));
    }

    /** A server may run as another user than the administrator; so the new file must be as readable as the old one. */
    private static void keepPermissions(Path old, Path written) throws IOException {
        if (!Files.isRegularFile(old, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(old, LinkOption.NOFOLLOW_LINKS);
            Files.setPosixFilePermissions(written, permissions);
        } catch (UnsupportedOperationException e) {
            // Not a POSIX file system: the folder's access control list is inherited.
        }
    }

    /** Makes the names of a folder durable. Windows cannot open a folder, and makes names durable by itself. */
    static void sync(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException e) {
            if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
                throw e;
            }
            return;
        }
        try (channel) {
            channel.force(true);
        }
    }

    /** Gives a file another name, and replaces a file of that name. */
    static void rename(Path folder, String name, String other) throws IOException {
        Files.move(
                folder.resolve(name),
                folder.resolve(other),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        sync(folder);
    }

    /** Reads a file; empty if there is none. */
    static Optional<byte[]> read(Path file) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
