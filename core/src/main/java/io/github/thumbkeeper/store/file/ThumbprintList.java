/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.message.BoundedMessages;
import io.github.thumbkeeper.message.KeyMaterial;
import io.github.thumbkeeper.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * What a thumbprint list file holds: UTF-8 text with one entry a line, {@code #} comments and blank lines.
 *
 * <p>A line is {@code thumbprint [label=alice] [roles=orders,admin] [from=2026-01-01T00:00:00Z] [until=…] [disabled]},
 * where a public key pin may stand for the thumbprint. Immutable and safe to share between threads.
 *
 * @param entries the entries in the order of the file, each digest once
 * @param warnings what the administrator should know, each a sentence
 */
record ThumbprintList(EntryTable entries, List<String> warnings) {
    ThumbprintList {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the bytes of a list file.
     *
     * @param file the name of the file, for messages
     * @throws StoreException if any line is bad; the message lists the first {@value BoundedMessages#MAX_COUNT} such lines
     */
    static ThumbprintList parse(String file, byte[] bytes) throws StoreException {
        ThumbprintListParser reading = read(bytes, Set.of());
        EntryTable entries = reading.entries();
        Set<CertificateDigest> repeated = entries.repeated();
        if (!repeated.isEmpty()) {
            // Rare, so line numbers are kept for these digests only, and only now.
            reading = read(bytes, repeated);
            entries = reading.entries();
        }
        requireGood(file, bytes, reading);
        return of(file, entries, reading);
    }

    /** Returns what was read without any flaw. */
    static ThumbprintList of(String file, EntryTable entries, ThumbprintListParser reading) {
        List<String> warnings = reading.warnings().stream()
                .map(warning -> "store [" + file + "] " + warning)
                .toList();
        return new ThumbprintList(entries, warnings);
    }

    private static ThumbprintListParser read(byte[] bytes, Set<CertificateDigest> repeated) {
        ThumbprintListParser reading = new ThumbprintListParser(repeated);
        reading.read(bytes, 0, bytes.length);
        reading.end();
        return reading;
    }

    private static void requireGood(String file, byte[] bytes, ThumbprintListParser reading) throws StoreException {
        if (reading.undecodableLine() > 0) {
            throw new StoreException(
                    file, "is not UTF-8 text (line " + reading.undecodableLine() + "); expected UTF-8", null);
        }
        if (!reading.problems().isEmpty()) {
            boolean key = KeyMaterial.isIn(new String(bytes, StandardCharsets.UTF_8));
            throw new StoreException(
                    file,
                    key
                            ? "looks like PEM or DER between the lines (not shown here in case it is a private key);"
                                    + " expected a list of thumbprints, one per line"
                            : "is not a list of thumbprints:\n  " + String.join("\n  ", reading.problems()),
                    null);
        }
    }
}
