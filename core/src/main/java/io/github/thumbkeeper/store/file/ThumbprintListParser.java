/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.allowlist.DigestKind;
import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.text.TextEncoding;
import io.github.thumbkeeper.certificate.text.ThumbprintParser;
import io.github.thumbkeeper.message.BoundedMessages;
import io.github.thumbkeeper.store.entry.BadEntryException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Parses a thumbprint list piece by piece, as the file is read. A line of plain hex creates no objects, because a list may have
 * millions of them.
 *
 * <p>Not thread-safe.
 */
final class ThumbprintListParser {

    private final EntryTable.Builder entries = new EntryTable.Builder();
    private final BoundedMessages warnings = new BoundedMessages();
    private final BoundedMessages problems = new BoundedMessages();
    private final Set<CertificateDigest> repeated;
    private final Map<CertificateDigest, Numbered> known = new HashMap<>();
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private final byte[] digest = new byte[DigestAlgorithm.SHA512.length()];
    private int number;
    private int lastLength;
    private int sha1;
    private int undecodableLine;
    private boolean other;

    private record Numbered(Entry entry, int line) {}

    /**
     * Creates a parser.
     *
     * @param repeated digests that are known to occur in more than one line; their lines are compared
     */
    ThumbprintListParser(Set<CertificateDigest> repeated) {
        this.repeated = repeated;
    }

    /** Parses the next piece of the file. */
    void read(byte[] bytes, int from, int to) {
        int start = readPlainLines(bytes, from, to);
        for (int end = endOfLine(bytes, start, to); end >= 0; end = endOfLine(bytes, start, to)) {
            if (begun.size() == 0) {
                line(bytes, start, end);
            } else {
                begun.write(bytes, start, end - start);
                endBegun();
            }
            start = readPlainLines(bytes, end + 1, to);
        }
        begun.write(bytes, start, to - start);
    }

    /** Parses lines of plain hex with the same length as the last line; returns the offset of the next line. */
    private int readPlainLines(byte[] bytes, int from, int to) {
        if (begun.size() > 0 || number == 0 || !repeated.isEmpty()) {
            return from;
        }
        int start = from;
        for (int end = start + lastLength; end < to && bytes[end] == '\n'; end = start + lastLength) {
            DigestAlgorithm algorithm = plain(bytes, start, end);
            if (algorithm == null) {
                break;
            }
            number++;
            add(algorithm);
            start = end + 1;
        }
        return start;
    }

    /** Parses the rest after the last line break. */
    void end() {
        if (begun.size() > 0) {
            endBegun();
        }
    }

    private void endBegun() {
        byte[] line = begun.toByteArray();
        begun.reset();
        line(line, 0, line.length);
    }

    private static int endOfLine(byte[] bytes, int start, int to) {
        for (int i = start; i < to; i++) {
            if (bytes[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Decodes a line of plain hex into {@link #digest}; returns null for any other line. */
    private @Nullable DigestAlgorithm plain(byte[] bytes, int start, int end) {
        int to = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
        return ThumbprintParser.plainHex(bytes, start, to, digest);
    }

    private void line(byte[] bytes, int from, int end) {
        number++;
        lastLength = end - from;
        int start = number == 1 ? TextEncoding.skipMark(bytes, from, end) : from;
        DigestAlgorithm algorithm = repeated.isEmpty() ? plain(bytes, start, end) : null;
        if (algorithm == null) {
            int to = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
            text(Arrays.copyOfRange(bytes, start, to));
        } else {
            add(algorithm);
        }
    }

    /** Adds the last digest. */
    private void add(DigestAlgorithm algorithm) {
        entries.add(DigestKind.of(algorithm), digest);
        sha1 += algorithm == DigestAlgorithm.SHA1 ? 1 : 0;
    }

    /** Parses a line that is not plain hex. */
    private void text(byte[] line) {
        other |= FileKind.of(line) != FileKind.TEXT;
        try {
            Entry entry = ThumbprintListLine.parse(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(line))
                            .toString(),
                    warning -> warnings.add("line " + number + ": " + warning));
            if (entry != null) {
                add(entry);
            }
        } catch (CharacterCodingException e) {
            undecodableLine = undecodableLine == 0 ? number : undecodableLine;
        } catch (BadEntryException e) {
            problems.add("line " + number + ": " + e.problem());
        }
    }

    private void add(Entry entry) {
        Numbered before = repeated.contains(entry.digest())
                ? known.putIfAbsent(entry.digest(), new Numbered(entry, number))
                : null;
        if (before == null) {
            entries.add(entry);
            sha1 += DigestKind.of(entry.digest()) == DigestKind.SHA1 ? 1 : 0;
        } else if (before.entry().equals(entry)) {
            warnings.add("line " + number + " repeats line " + before.line());
        } else {
            problems.add("line " + number + ": [" + entry.digest() + "] is in line " + before.line()
                    + " too, with other data; expected one line per certificate");
        }
    }

    /** Builds the table of the entries; called once. */
    EntryTable entries() {
        return entries.build();
    }

    /** Returns whether any line is not a line of a thumbprint list. */
    boolean hasProblems() {
        return other || undecodableLine > 0 || !problems.isEmpty();
    }

    /** Returns the number of the first line that is not UTF-8, or 0. */
    int undecodableLine() {
        return undecodableLine;
    }

    /** Returns the problems of the first bad lines. */
    List<String> problems() {
        return problems.toList();
    }

    /** Returns the warnings, with one for all SHA-1 thumbprints together. */
    List<String> warnings() {
        List<String> all = new ArrayList<>(warnings.toList());
        if (sha1 > 0) {
            all.add(ThumbprintParser.sha1Warning(sha1));
        }
        return all;
    }
}
