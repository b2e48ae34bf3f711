/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.store.entry.BadEntryException;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a change: one line with fields between tabs. Number, time, actor and kind come first, then three fields for
 * each entry (its line before, its line after, and its certificate in base64), and a checksum at the end.
 *
 * <p>Readers skip a line whose checksum is wrong, such as the last line of a writer that was killed. Thread-safe.
 */
final class HistoryCodec {

    private static final int FIELDS_BEFORE_STEPS = 4;
    private static final int FIELDS_OF_STEP = 3;
    private static final int CHECKSUM_BYTES = 8;

    private HistoryCodec() {}

    /** Returns the line of a record, without a line break. */
    static String format(HistoryRecord record) {
        StringBuilder line = new StringBuilder();
        line.append(record.number())
                .append('\t')
                .append(record.at())
                .append('\t')
                .append(escaped(record.actor()))
                .append('\t')
                .append(record.kind())
                .append('\t')
                .append(steps(record.steps()));
        String text = line.toString();
        return text + "\t" + checksum(text);
    }

    /** Returns the fields of the steps. */
    static String steps(List<EntryStep> steps) {
        List<String> fields = new ArrayList<>();
        for (EntryStep step : steps) {
            fields.add(step.earlier()
                    .map(EntryLine::format)
                    .map(HistoryCodec::escaped)
                    .orElse(""));
            fields.add(step.later()
                    .map(EntryLine::format)
                    .map(HistoryCodec::escaped)
                    .orElse(""));
            fields.add(certificate(step.later().or(step::earlier).orElseThrow().certificate()));
        }
        return String.join("\t", fields);
    }

    /** Parses a line; empty if it is damaged. */
    static Optional<HistoryRecord> parse(String line) {
        int tab = line.lastIndexOf('\t');
        if (tab < 0 || !line.substring(tab + 1).equals(checksum(line.substring(0, tab)))) {
            return Optional.empty();
        }
        String[] fields = line.substring(0, tab).split("\t", FIELDS_BEFORE_STEPS + 1);
        if (fields.length <= FIELDS_BEFORE_STEPS) {
            return Optional.empty();
        }
        try {
            return Optional.of(new HistoryRecord(
                    Long.parseLong(fields[0]),
                    Instant.parse(fields[1]),
                    unescaped(fields[2]),
                    ChangeKind.valueOf(fields[3]),
                    parseSteps(fields[FIELDS_BEFORE_STEPS])));
        } catch (BadEntryException | CertificateFormatException | DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Parses the fields of the steps. */
    static List<EntryStep> parseSteps(String text) throws BadEntryException, CertificateFormatException {
        String[] fields = text.split("\t", -1);
        if (fields.length % FIELDS_OF_STEP != 0) {
            throw new IllegalArgumentException("a step has " + FIELDS_OF_STEP + " fields");
        }
        List<EntryStep> steps = new ArrayList<>();
        for (int i = 0; i < fields.length; i += FIELDS_OF_STEP) {
            X509Certificate certificate = fields[i + 2].isEmpty()
                    ? null
                    : CertificateReader.readOne(Base64.getDecoder().decode(fields[i + 2]));
            steps.add(EntryStep.of(entry(fields[i], certificate), entry(fields[i + 1], certificate)));
        }
        return steps;
    }

    private static Optional<ListedEntry> entry(String field, @Nullable X509Certificate certificate)
            throws BadEntryException {
        return field.isEmpty()
                ? Optional.empty()
                : EntryLine.parse(unescaped(field)).map(entry -> entry.withCertificate(certificate));
    }

    private static String certificate(@Nullable X509Certificate certificate) {
        try {
            return certificate == null ? "" : Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was parsed cannot give its DER form", e);
        }
    }

    private static String checksum(String text) {
        byte[] hash = DigestAlgorithm.SHA256.digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, CHECKSUM_BYTES);
    }

    /** Escapes control characters and the backslash, so that no text can begin a field or a line. */
    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' || Character.isISOControl(c) || Character.isSurrogate(c) || c == '\u2028' || c == '\u2029') {
                out.append(String.format("\\%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                if (i + 5 > text.length()) {
                    throw new IllegalArgumentException("an escape is cut off");
                }
                out.append((char) Integer.parseInt(text, i + 1, i + 5, 16));
                i += 4;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
