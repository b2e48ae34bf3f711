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
import java.util.Arrays;
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

    /** Digits of a number that a long holds for sure. */
    private static final int MOST_DIGITS = 18;

    private final Path file;

    /** Where the last records of the page that was read last begin. */
    private List<Position> ends = List.of();

    private long bytesRead;

    private record Position(long number, long at) {}

    FolderHistory(Path folder) {
        this.file = folder.resolve(NAME);
    }

    /** Returns how much of the file was read so far. */
    long bytesRead() {
        return bytesRead;
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

    /**
     * Reads changes with smaller numbers, the newest first. Reads the file from its end, or from where the page before has ended, and
     * no more of it than is needed.
     */
    List<HistoryRecord> before(long number, int count) throws IOException {
        List<HistoryRecord> found = new ArrayList<>();
        List<Position> places = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            byte[] rest = {};
            for (long end = start(channel, number); end > 0 && found.size() < count; ) {
                int length = (int) Math.min(BLOCK, end);
                end -= length;
                byte[] bytes = join(block(channel, end, length), rest);
                int to = bytes.length;
                for (int i = bytes.length - 1; i >= 0 && found.size() < count; i--) {
                    if (bytes[i] == '\n') {
                        if (add(bytes, i + 1, to, number, found)) {
                            places.add(new Position(found.get(found.size() - 1).number(), end + i + 1));
                        }
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
        // A page is asked for with one record more, so the next one begins at the last record or at the one before it.
        List<Position> last = places.subList(Math.max(0, places.size() - 2), places.size());
        if (count > 2 && !last.isEmpty()) {
            ends = List.copyOf(last);
        }
        return found;
    }

    /** Returns where the records with smaller numbers end: the remembered line if it is still there, or the end of the file. */
    private long start(FileChannel channel, long number) throws IOException {
        for (Position each : ends) {
            if (each.number == number && each.at <= channel.size()) {
                byte[] line = (number + "\t").getBytes(StandardCharsets.UTF_8);
                if (Arrays.equals(block(channel, each.at, line.length), line)) {
                    return each.at;
                }
            }
        }
        return channel.size();
    }

    /** Adds the record of a line; a line with too large a number is not even parsed, because it may have certificates. */
    private static boolean add(byte[] bytes, int from, int to, long number, List<HistoryRecord> found) {
        if (from >= to || number(bytes, from, to) >= number) {
            return false;
        }
        Optional<HistoryRecord> record = HistoryCodec.parse(new String(bytes, from, to - from, StandardCharsets.UTF_8))
                .filter(each -> each.number() < number);
        record.ifPresent(found::add);
        return record.isPresent();
    }

    /** Returns the number at the beginning of a line, or 0 if it has none. */
    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to && bytes[i] != '\t'; i++) {
            if (bytes[i] < '0' || bytes[i] > '9' || i - from >= MOST_DIGITS) {
                return 0;
            }
            number = number * 10 + bytes[i] - '0';
        }
        return number;
    }

    private byte[] block(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        int read = 0;
        while (buffer.hasRemaining() && read >= 0) {
            read = channel.read(buffer, at + buffer.position());
        }
        bytesRead += buffer.position();
        return buffer.array();
    }

    private static byte[] join(byte[] one, byte[] other) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(one.length + other.length);
        out.writeBytes(one);
        out.writeBytes(other);
        return out.toByteArray();
    }
}
