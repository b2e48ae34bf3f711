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
 * Content of a thumbprint list file: UTF-8 text with one entry per line, {@code #} comments and blank lines.
 *
 * <p>A line is {@code thumbprint [label=alice] [roles=orders,admin] [from=2026-01-01T00:00:00Z] [until=…] [disabled]}, with a
 * thumbprint or a public key pin in any form that settings take. A value with blanks is in double quotes.
 *
 * <p>Immutable and thread-safe.
 *
 * @param entries the entries in the order of the file, each digest once
 * @param warnings notices for the administrator, each a sentence
 */
record ThumbprintList(EntryTable entries, List<String> warnings) {
    ThumbprintList {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the bytes of a list file.
     *
     * @param file the name of the file, for messages
     * @throws StoreException if any line is bad; the message has the first {@value BoundedMessages#MAX_COUNT} such lines
     */
    static ThumbprintList parse(String file, byte[] bytes) throws StoreException {
        ThumbprintListParser reading = read(bytes, Set.of());
        EntryTable entries = reading.entries();
        Set<CertificateDigest> repeated = entries.repeated();
        if (!repeated.isEmpty()) {
            // Rare: a second pass keeps line numbers, for these digests only.
            reading = read(bytes, repeated);
            entries = reading.entries();
        }
        requireGood(file, bytes, reading);
        return of(file, entries, reading);
    }

    /** Returns the result of a parser without problems. */
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
                    file, "is not UTF-8 text (line " + reading.undecodableLine() + "); save it as UTF-8", null);
        }
        if (!reading.problems().isEmpty()) {
            boolean key = KeyMaterial.isIn(new String(bytes, StandardCharsets.UTF_8));
            throw new StoreException(
                    file,
                    key
                            ? "has PEM or DER between its lines (not shown here in case it is a private key);"
                                    + " expected a list of thumbprints, one per line"
                            : "is not a list of thumbprints:\n  " + String.join("\n  ", reading.problems()),
                    null);
        }
    }
}
