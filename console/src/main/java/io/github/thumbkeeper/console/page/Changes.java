/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.page;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.console.certificate.UploadReader;
import io.github.thumbkeeper.console.list.EntryId;
import io.github.thumbkeeper.console.list.EntryRow;
import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.console.web.HttpProblem;
import io.github.thumbkeeper.store.write.EntryChange;
import io.github.thumbkeeper.store.write.EntryVersion;
import io.github.thumbkeeper.store.write.HistoryRecord;
import io.github.thumbkeeper.store.write.WriteResult;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Makes the changes that the forms ask for. Each form gives back the version of the list that its page has shown, so that no change
 * is based on an old list.
 *
 * <p>Thread-safe.
 */
public final class Changes {

    /** How long a change can be undone. */
    public static final Duration UNDO = Duration.ofMinutes(10);

    private final ManagedList list;
    private final InstantSource clock;

    /** Creates the actions. */
    public Changes(ManagedList list, InstantSource clock) {
        this.list = list;
        this.clock = clock;
    }

    /** Adds what the preview has shown; for a rotation, the next certificate of an entry. */
    public Answer add(ConsoleRequest request) throws HttpProblem {
        EntryVersion version = version(request);
        String rotate = request.text("rotate");
        List<EntryChange> changes = new ArrayList<>();
        for (int i = 0;
                i < UploadReader.MOST_ITEMS && !request.text("item." + i).isEmpty();
                i++) {
            if (!request.text("take." + i).isEmpty()) {
                changes.add(rotate.isEmpty() ? add(request, i) : rotation(request, rotate));
            }
        }
        if (changes.isEmpty()) {
            throw new HttpProblem(400, "nothingChosen", List.of());
        }
        WriteResult.Applied applied = list.apply(version, request.user().name(), changes);
        return done(applied, rotate.isEmpty() ? "added" : "rotated", "/");
    }

    private static EntryChange add(ConsoleRequest request, int number) throws HttpProblem {
        String item = request.text("item." + number);
        EntryChange.Subject subject = EntryId.parse(item).isPresent()
                ? new EntryChange.OfDigest(digest(item))
                : new EntryChange.OfCertificate(certificate(item));
        return new EntryChange.Add(
                subject,
                request.text("label." + number),
                Roles.parse(request.text("roles")),
                Days.start(request.text("from")),
                Days.end(request.text("until")));
    }

    private EntryChange rotation(ConsoleRequest request, String rotate) throws HttpProblem {
        Instant overlap = Days.end(request.text("overlap"));
        if (overlap == null || overlap.isBefore(clock.instant())) {
            throw new HttpProblem(400, "noOverlap", List.of());
        }
        return new EntryChange.Rotate(
                digest(rotate), certificate(request.text("item.0")), Days.start(request.text("from")), overlap);
    }

    private static X509Certificate certificate(String base64) throws HttpProblem {
        try {
            return CertificateReader.readOne(Base64.getDecoder().decode(base64));
        } catch (CertificateFormatException | IllegalArgumentException e) {
            throw new HttpProblem(400, "malformed", List.of());
        }
    }

    /** Sets roles and days. A day that the form gives back unchanged keeps its time of day. */
    public Answer set(ConsoleRequest request) throws HttpProblem {
        EntryVersion version = version(request);
        String id = request.text("id");
        EntryRow row = list.rows().find(id);
        if (row == null) {
            throw new HttpProblem(404, "noEntry", List.of());
        }
        String from = request.text("from");
        String until = request.text("until");
        return change(
                request,
                version,
                new EntryChange.SetAttributes(
                        digest(id),
                        Roles.parse(request.text("roles")),
                        from.equals(Days.first(row.from())) ? row.from() : Days.start(from),
                        until.equals(Days.last(row.until())) ? row.until() : Days.end(until)),
                "changed");
    }

    /** Disables an entry. */
    public Answer disable(ConsoleRequest request) throws HttpProblem {
        return change(request, version(request), new EntryChange.Disable(digest(request.text("id"))), "disabled");
    }

    /** Enables an entry. */
    public Answer enable(ConsoleRequest request) throws HttpProblem {
        return change(request, version(request), new EntryChange.Enable(digest(request.text("id"))), "enabled");
    }

    /** Denies an entry and its key. */
    public Answer deny(ConsoleRequest request) throws HttpProblem {
        return change(
                request,
                version(request),
                new EntryChange.Deny(digest(request.text("id")), request.text("reason")),
                "denied");
    }

    /** Changes the label of an entry. */
    public Answer rename(ConsoleRequest request) throws HttpProblem {
        return change(
                request,
                version(request),
                new EntryChange.Rename(digest(request.text("id")), request.text("label")),
                "renamed");
    }

    /** Removes an entry. */
    public Answer remove(ConsoleRequest request) throws HttpProblem {
        WriteResult.Applied applied = list.apply(
                version(request), request.user().name(), List.of(new EntryChange.Remove(digest(request.text("id")))));
        return done(applied, "removed", "/");
    }

    /** Undoes a change of the last ten minutes. */
    public Answer undo(ConsoleRequest request) throws HttpProblem {
        String text = request.text("number");
        if (!text.matches("[0-9]{1,18}")) {
            throw new HttpProblem(400, "malformed", List.of());
        }
        long number = Long.parseLong(text);
        Instant earliest = clock.instant().minus(UNDO);
        boolean recent = list.history(number + 1, 1).records().stream()
                .anyMatch(record -> record.number() == number && record.at().isAfter(earliest));
        if (!recent) {
            throw new HttpProblem(409, "undoTooLate", List.of());
        }
        list.apply(list.snapshot().version(), request.user().name(), List.of(new EntryChange.Restore(number)));
        return new Answer.SeeOther("/?notice=undone");
    }

    private Answer change(ConsoleRequest request, EntryVersion version, EntryChange change, String notice)
            throws HttpProblem {
        WriteResult.Applied applied = list.apply(version, request.user().name(), List.of(change));
        return done(applied, notice, "/entry?id=" + URLEncoder.encode(request.text("id"), StandardCharsets.UTF_8));
    }

    /** Offers to undo a change that is one record of the history. */
    private static Answer done(WriteResult.Applied applied, String notice, String path) {
        List<HistoryRecord> records = applied.records();
        String undo = records.size() == 1 ? "&undo=" + records.get(0).number() : "";
        return new Answer.SeeOther(path + (path.indexOf('?') < 0 ? "?" : "&") + "notice=" + notice + undo);
    }

    private static EntryVersion version(ConsoleRequest request) throws HttpProblem {
        return EntryVersion.parse(request.text("version"))
                .orElseThrow(() -> new HttpProblem(400, "malformed", List.of()));
    }

    private static CertificateDigest digest(String text) throws HttpProblem {
        return EntryId.parse(text).orElseThrow(() -> new HttpProblem(400, "malformed", List.of()));
    }
}
