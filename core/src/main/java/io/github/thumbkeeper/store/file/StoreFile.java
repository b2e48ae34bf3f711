/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.text.TextEncoding;
import io.github.thumbkeeper.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A regular file on disk that is read completely or not at all.
 *
 * <p>Changes are detected by the SHA-256 of the content: a swapped file may have the same size and time.
 *
 * @param name the file as messages name it
 * @param path its path; symbolic links are followed
 */
record StoreFile(String name, Path path) {

    private static final long MAX_BYTES = 256L << 20;
    private static final int ATTEMPTS = 3;
    private static final int BUFFER = 1 << 16;

    /** The content at one moment, and its hash. */
    @SuppressWarnings("ArrayRecordComponent") // compared by hash only
    record Content(byte[] bytes, ContentHash hash) {}

    /** A sink that received the whole content, and the hash of it. */
    record Streamed<S>(S sink, ContentHash hash) {}

    /** Reads the whole file. */
    Content read() throws StoreException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            BasicFileAttributes before = attributes();
            byte[] bytes = new byte[(int) before.size()];
            if (fill(bytes) && same(before, attributes())) {
                MessageDigest digest = sha256();
                digest.update(bytes);
                return new Content(bytes, ContentHash.of(digest));
            }
        }
        throw changing();
    }

    /**
     * Reads into an array and returns whether the file has exactly so many bytes. The JDK keeps a buffer of the size of the largest
     * piece for each thread.
     */
    private boolean fill(byte[] bytes) throws StoreException {
        try (InputStream in = Files.newInputStream(path)) {
            int filled = 0;
            int count = 0;
            while (filled < bytes.length && count >= 0) {
                count = in.read(bytes, filled, Math.min(BUFFER, bytes.length - filled));
                filled += Math.max(count, 0);
            }
            return filled == bytes.length && in.read() < 0;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * Returns content of this file as text in UTF-8, without byte order mark.
     *
     * @throws StoreException if it has another encoding
     */
    String text(Content content) throws StoreException {
        if (TextEncoding.isUtf16(content.bytes())) {
            throw new StoreException(name, "is text in UTF-16; save it as UTF-8", null);
        }
        try {
            return TextEncoding.decode(content.bytes());
        } catch (CharacterCodingException e) {
            throw new StoreException(name, "is not UTF-8 text; save it as UTF-8", e);
        }
    }

    /** Reads the beginning of the file, or all of a shorter one. */
    byte[] head(int length) throws StoreException {
        attributes();
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(length);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Returns the hash of the content. */
    ContentHash hash() throws StoreException {
        return stream(OutputStream::nullOutputStream).hash();
    }

    /** Copies the content to a sink piece by piece; starts again with a new sink if the file changes meanwhile. */
    <S extends OutputStream> Streamed<S> stream(Supplier<S> sinks) throws StoreException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            S sink = sinks.get();
            ContentHash hash = copyTo(sink);
            if (hash != null) {
                return new Streamed<>(sink, hash);
            }
        }
        throw changing();
    }

    /** Returns size, time and key, which change if the file is written to, but not always if it is replaced. */
    Object stamp() throws StoreException {
        BasicFileAttributes now = attributes();
        return Arrays.asList(now.size(), now.lastModifiedTime(), now.fileKey());
    }

    /** Returns the hash of the copied content, or null if the file changed meanwhile. */
    private @Nullable ContentHash copyTo(OutputStream sink) throws StoreException {
        BasicFileAttributes before = attributes();
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(path);
                OutputStream out = new DigestOutputStream(sink, digest)) {
            long copied = copy(in, out, before.size() + 1);
            boolean whole = copied == before.size() && same(before, attributes());
            return whole ? ContentHash.of(digest) : null;
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private static long copy(InputStream in, OutputStream out, long limit) throws IOException {
        byte[] buffer = new byte[(int) Math.min(limit, BUFFER)];
        long copied = 0;
        int count = in.read(buffer);
        while (count > 0 && copied < limit) {
            out.write(buffer, 0, count);
            copied += count;
            count = in.read(buffer);
        }
        return copied;
    }

    private static boolean same(BasicFileAttributes before, BasicFileAttributes after) {
        return before.size() == after.size()
                && before.lastModifiedTime().equals(after.lastModifiedTime())
                && Objects.equals(before.fileKey(), after.fileKey());
    }

    /** Returns the number of bytes. */
    long size() throws StoreException {
        return attributes().size();
    }

    /** Returns whether it has 0 bytes. */
    boolean isEmpty() throws StoreException {
        return regular().size() == 0;
    }

    private BasicFileAttributes attributes() throws StoreException {
        return requireSize(regular());
    }

    /** Refuses pipes before they are opened, because opening one waits for a writer. */
    private BasicFileAttributes regular() throws StoreException {
        FilePaths.requireNoParent(name, path);
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (IOException e) {
            throw unreadable(e);
        }
        if (attributes.isDirectory()) {
            throw new StoreException(name, "is a directory; expected a file", null);
        }
        if (!attributes.isRegularFile()) {
            throw new StoreException(name, "is a pipe, device or socket; expected a regular file", null);
        }
        return attributes;
    }

    private BasicFileAttributes requireSize(BasicFileAttributes attributes) throws StoreException {
        if (attributes.size() == 0) {
            throw new StoreException(name, "is empty (0 bytes)", null);
        }
        if (attributes.size() > MAX_BYTES) {
            throw new StoreException(name, "has " + attributes.size() + " bytes; expected at most " + MAX_BYTES, null);
        }
        return attributes;
    }

    private StoreException unreadable(IOException e) {
        String why = "cannot be read (" + e.getClass().getSimpleName() + ")";
        if (e instanceof NoSuchFileException) {
            why = Files.isSymbolicLink(path)
                    ? "is a symbolic link to a file that does not exist"
                    : MissingPath.why(name, path);
        } else if (e instanceof AccessDeniedException) {
            why = FilePaths.NOT_PERMITTED;
        } else if (e instanceof FileSystemException system && system.getReason() != null) {
            why = "cannot be read (" + system.getReason() + ")";
        }
        return new StoreException(name, why, e);
    }

    private StoreException changing() {
        return new StoreException(name, "is being written to; it was read " + ATTEMPTS + " times", null);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java runtime has no SHA-256", e);
        }
    }
}
