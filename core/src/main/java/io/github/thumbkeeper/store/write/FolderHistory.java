/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The history of a folder: a file to which lines are only appended. A line that a killed writer has left incomplete is ended by the
 * next writer, and readers skip it.
 *
 * <p>Not thread-safe; used by the thread that holds the {@link FolderLock}.
 */
final class FolderHistory {

    /** Name of the file. */
    static final String NAME = ".clients.history";

    private static final int BLOCK = 1 << 16;

    private final Path file;

    FolderHistory(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /** Appends the records that are not there yet. */
    void append(List<HistoryRecord> records) throws IOException {
        long last = last();
        List<HistoryRecord> missing =
                records.stream().filter(each -> each.number() > last).toList();
        if (missing.isEmpty()) {
            return;
        }
        try (FileChannel channel = FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS)) {
            long size = channel.size();
            StringBuilder text = new StringBuilder();
            if (size > 0 && byteAt(channel, size - 1) != '\n') {
                text.append('\n');
            }
            missing.forEach(each -> text.append(HistoryCodec.format(each)).append('\n'));
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
            long at = size;
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
            channel.force(true);
        }
    }

    private static byte byteAt(FileChannel channel, long at) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.read(one, at);
        return one.get(0);
    }

    /** Returns the number of the last change, or 0. */
    long last() throws IOException {
        List<HistoryRecord> newest = before(Long.MAX_VALUE, 1);
        return newest.isEmpty() ? 0 : newest.get(0).number();
    }

    /** Returns a change, if the history has it. */
    Optional<HistoryRecord> find(long number) throws IOException {
        return before(number == Long.MAX_VALUE ? number : number + 1, 1).stream()
                .filter(record -> record.number() == number)
                .findFirst();
    }

    /** Reads changes with smaller numbers, the newest first. Reads the file from its end, and no more of it than is needed. */
    List<HistoryRecord> before(long number, int count) throws IOException {
        List<HistoryRecord> found = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] rest = {};
            for (long end = channel.size(); end > 0 && found.size() < count; ) {
                int length = (int) Math.min(BLOCK, end);
                end -= length;
                byte[] bytes = join(block(channel, end, length), rest);
                int to = bytes.length;
                for (int i = bytes.length - 1; i >= 0 && found.size() < count; i--) {
                    if (bytes[i] == '\n') {
                        add(bytes, i + 1, to, number, found);
                        to = i;
                    }
                }
                rest = new byte[to];
                System.arraycopy(bytes, 0, rest, 0, to);
            }
            if (found.size() < count) {
                add(rest, 0, rest.length, number, found);
            }
        } catch (NoSuchFileException e) {
            return List.of();
        }
        return found;
    }

    private static void add(byte[] bytes, int from, int to, long number, List<HistoryRecord> found) {
        if (from < to) {
            HistoryCodec.parse(new String(bytes, from, to - from, StandardCharsets.UTF_8))
                    .filter(record -> record.number() < number)
                    .ifPresent(found::add);
        }
    }

    private static byte[] block(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer, at + buffer.position());
        }
        return buffer.array();
    }

    private static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(one.length + other.length);
        out.writeBytes(one);
        out.writeBytes(other);
        return out.toByteArray();
    }
}
