/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.BoundedMessages;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.KeyMaterial;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.ThumbprintParser;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a thumbprint list file holds: UTF-8 text with one entry a line, {@code #} comments and blank lines.
 *
 * <p>A line is {@code thumbprint [label=alice] [roles=orders,admin] [from=2026-01-01T00:00:00Z] [until=…] [disabled]},
 * where a public key pin may stand for the thumbprint. Immutable and safe to share between threads.
 *
 * @param entries the entries in the order of the file, each digest once
 * @param warnings what the administrator should know, each a sentence
 */
record ThumbprintList(List<Entry> entries, List<String> warnings) {
    ThumbprintList {
        entries = List.copyOf(entries);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the bytes of a list file.
     *
     * @param file the name of the file, for messages
     * @throws StoreException if any line is bad; the message lists the first {@value BoundedMessages#MAX_COUNT} such lines
     */
    static ThumbprintList parse(String file, byte[] bytes) throws StoreException {
        String text = decode(file, bytes);
        Reading reading = new Reading();
        int line = 1;
        int from = text.startsWith("\uFEFF") ? 1 : 0;
        for (int end = text.indexOf('\n', from); end >= 0; end = text.indexOf('\n', from)) {
            reading.line(line++, text.substring(from, end > from && text.charAt(end - 1) == '\r' ? end - 1 : end));
            from = end + 1;
        }
        reading.line(line, text.substring(from));
        return reading.result(file, text);
    }

    /** The decoder of String is fast but puts U+FFFD for what is not UTF-8; only then is the strict one asked. */
    private static String decode(String file, byte[] bytes) throws StoreException {
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            } catch (CharacterCodingException e) {
                long line = 1
                        + text.substring(0, text.indexOf('\uFFFD'))
                                .chars()
                                .filter(c -> c == '\n')
                                .count();
                throw new StoreException(file, "is not UTF-8 text (line " + line + "); accepted: UTF-8", e);
            }
        }
        return text;
    }

    /** The state while lines are read one after the other. */
    private static final class Reading {
        private final List<Entry> entries = new ArrayList<>();
        private final Map<CertificateDigest, Numbered> known = new HashMap<>();
        private final BoundedMessages warnings = new BoundedMessages();
        private final BoundedMessages problems = new BoundedMessages();
        private int sha1;

        private record Numbered(Entry entry, int line) {}

        void line(int number, String line) {
            try {
                Thumbprint plain = ThumbprintParser.plainHex(line);
                Entry entry = plain == null
                        ? ThumbprintListLine.parse(line, warning -> warnings.add("line " + number + ": " + warning))
                        : Entry.of(plain, null);
                if (entry != null) {
                    add(number, entry);
                }
            } catch (BadLineException e) {
                problems.add("line " + number + ": " + e.problem());
            }
        }

        private void add(int number, Entry entry) {
            Numbered before = known.putIfAbsent(entry.digest(), new Numbered(entry, number));
            if (before == null) {
                entries.add(entry);
                sha1 += isSha1(entry) ? 1 : 0;
            } else if (before.entry().equals(entry)) {
                warnings.add("line " + number + " repeats line " + before.line());
            } else {
                problems.add("line " + number + ": [" + entry.digest() + "] stands in line " + before.line()
                        + " too, with other data; accepted: one line for each certificate");
            }
        }

        private static boolean isSha1(Entry entry) {
            return entry.digest() instanceof Thumbprint thumbprint && thumbprint.algorithm() == DigestAlgorithm.SHA1;
        }

        ThumbprintList result(String file, String text) throws StoreException {
            if (!problems.isEmpty()) {
                throw new StoreException(file, describe(text), null);
            }
            if (sha1 > 0) {
                warnings.add(ThumbprintParser.sha1Warning(sha1));
            }
            return new ThumbprintList(
                    entries,
                    warnings.toList().stream()
                            .map(warning -> "store [" + file + "] " + warning)
                            .toList());
        }

        private String describe(String text) {
            return KeyMaterial.isIn(text)
                    ? "looks like PEM or DER between the lines (not shown here in case it is a private key);"
                            + " accepted: a list of thumbprints, one a line"
                    : "is not a list of thumbprints:\n  " + String.join("\n  ", problems.toList());
        }
    }
}
