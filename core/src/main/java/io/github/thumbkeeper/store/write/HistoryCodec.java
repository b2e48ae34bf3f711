/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.store.entry.BadEntryException;
import io.github.thumbkeeper.store.entry.EntryText;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The text form of a change: one line with fields between tabs. Number, time, actor and kind come first, then three fields for
 * each entry (its line before, its line after, and its certificate in base64), and a checksum at the end.
 *
 * <p>An entry that a line of a list cannot hold, such as one whose label has double quotes, is {@code =} and its fields between
 * {@code |} instead: every entry that a gate can read has a form here.
 *
 * <p>Readers skip a line whose checksum is wrong, such as the last line of a writer that was killed. Thread-safe.
 */
final class HistoryCodec {

    private static final int FIELDS_BEFORE_STEPS = 4;
    private static final int FIELDS_OF_STEP = 3;
    private static final int CHECKSUM_BYTES = 8;

    /** Begins the form of an entry that has no line; no line begins with it. */
    private static final String BY_FIELDS = "=";

    private static final int FIELDS_OF_ENTRY = 6;

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
            fields.add(step.earlier().map(HistoryCodec::field).orElse(""));
            fields.add(step.later().map(HistoryCodec::field).orElse(""));
            fields.add(certificate(step.later().or(step::earlier).orElseThrow().certificate()));
        }
        return String.join("\t", fields);
    }

    private static String field(ListedEntry entry) {
        if (EntryLine.isWritable(entry)) {
            return escaped(EntryLine.format(entry));
        }
        return BY_FIELDS
                + String.join(
                        "|",
                        part(entry.digest().toString()),
                        optional(entry.label()),
                        part(String.join(",", entry.sortedRoles())),
                        entry.from() == null ? "" : entry.from().toString(),
                        entry.until() == null ? "" : entry.until().toString(),
                        state(entry.state()));
    }

    private static String state(EntryState state) {
        if (state instanceof EntryState.Denied denied) {
            return "denied " + part(denied.reason());
        }
        return state instanceof EntryState.Enabled ? "enabled" : "disabled";
    }

    /** Tells an empty text from none. */
    private static String optional(@Nullable String text) {
        return text == null ? "" : ":" + part(text);
    }

    private static String part(String text) {
        return escaped(text).replace("|", "\\007c");
    }

    /** Parses a line; empty if it is incomplete, {@link ChangeKind#DAMAGED} if it is whole but has no meaning. */
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
            long number = Long.parseLong(fields[0]);
            return Optional.of(record(
                    number, Instant.parse(fields[1]), unescaped(fields[2]), fields[3], fields[FIELDS_BEFORE_STEPS]));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Returns the record with these fields; {@link ChangeKind#DAMAGED} if its kind or its steps cannot be read. */
    static HistoryRecord record(long number, Instant at, String actor, String kind, String steps) {
        try {
            return new HistoryRecord(number, at, actor, ChangeKind.valueOf(kind), parseSteps(steps));
        } catch (BadEntryException | CertificateFormatException | DateTimeException | IllegalArgumentException e) {
            return HistoryRecord.damaged(number, at, actor);
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
        if (field.isEmpty()) {
            return Optional.empty();
        }
        Optional<ListedEntry> entry =
                field.startsWith(BY_FIELDS) ? Optional.of(byFields(field)) : EntryLine.parse(unescaped(field));
        return entry.map(each -> each.withCertificate(certificate));
    }

    private static ListedEntry byFields(String field) throws BadEntryException {
        String[] parts = field.substring(BY_FIELDS.length()).split("\\|", -1);
        if (parts.length != FIELDS_OF_ENTRY) {
            throw new IllegalArgumentException("an entry has " + FIELDS_OF_ENTRY + " fields");
        }
        String roles = unescaped(parts[2]);
        return new ListedEntry(
                EntryText.digest(unescaped(parts[0]), warning -> {}),
                parts[1].isEmpty() ? null : unescaped(parts[1].substring(1)),
                roles.isEmpty() ? Set.of() : Set.of(roles.split(",")),
                parts[3].isEmpty() ? null : Instant.parse(parts[3]),
                parts[4].isEmpty() ? null : Instant.parse(parts[4]),
                parseState(parts[5]),
                null);
    }

    private static EntryState parseState(String text) {
        if (text.startsWith("denied ")) {
            return new EntryState.Denied(unescaped(text.substring("denied ".length())));
        }
        return switch (text) {
            case "enabled" -> EntryState.ENABLED;
            case "disabled" -> EntryState.DISABLED;
            default -> throw new IllegalArgumentException("unknown state");
        };
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
