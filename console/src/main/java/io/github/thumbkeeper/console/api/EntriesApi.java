/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.console.certificate.BadUploadException;
import io.github.thumbkeeper.console.certificate.UploadItem;
import io.github.thumbkeeper.console.certificate.UploadReader;
import io.github.thumbkeeper.console.list.EntryId;
import io.github.thumbkeeper.console.list.EntryRow;
import io.github.thumbkeeper.console.list.ManagedList;
import io.github.thumbkeeper.console.web.Answer;
import io.github.thumbkeeper.console.web.ConsoleRequest;
import io.github.thumbkeeper.console.web.HttpProblem;
import io.github.thumbkeeper.store.write.EntryChange;
import io.github.thumbkeeper.store.write.EntrySnapshot;
import io.github.thumbkeeper.store.write.EntryState;
import io.github.thumbkeeper.store.write.EntryVersion;
import io.github.thumbkeeper.store.write.ListedEntry;
import io.github.thumbkeeper.store.write.WriteResult;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Entries as JSON. The entity tag of every answer is the version of the whole list; a change may require it with {@code If-Match}.
 *
 * <p>Thread-safe.
 */
public final class EntriesApi {

    private static final int LARGEST_PAGE = 1000;
    private static final int MOST_PAGES = 1_000_000;
    private static final Set<String> FIELDS = Set.of("certificate", "digest", "roles", "from", "until", "disabled");

    private final ManagedList list;

    /** Creates the resource. */
    public EntriesApi(ManagedList list) {
        this.list = list;
    }

    /** Lists entries, in pages. */
    public Answer all(ConsoleRequest request) throws HttpProblem {
        ManagedList.Rows rows = list.rows();
        // Not 304: the states of the entries depend on the time, which the version does not have.
        String tag = tag(rows.version());
        int size = request.text("size").isEmpty() ? 100 : request.number("size", LARGEST_PAGE);
        int page = request.number("page", MOST_PAGES);
        List<EntryRow> found = rows.all().stream()
                .filter(row -> request.text("label").isEmpty() || row.label().equals(request.text("label")))
                .filter(row ->
                        request.text("state").isEmpty() || row.state().key().equals(request.text("state")))
                .toList();
        int from = (int) Math.min(found.size(), (page - 1L) * size);
        int to = Math.min(found.size(), from + size);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("total", found.size());
        body.put("page", page);
        body.put("size", size);
        body.put("items", found.subList(from, to).stream().map(EntriesApi::json).toList());
        if (to < found.size()) {
            body.put("next", page + 1);
        }
        return Json.of(body, Map.of("ETag", tag));
    }

    /** Returns the entry with a label; the newest, while a certificate is being rotated. */
    public Answer one(ConsoleRequest request) throws HttpProblem {
        ManagedList.Rows rows = list.rows();
        return Json.of(json(only(labelled(rows, request.variable()))), Map.of("ETag", tag(rows.version())));
    }

    private static List<EntryRow> labelled(ManagedList.Rows rows, String label) {
        return rows.all().stream().filter(row -> row.label().equals(label)).toList();
    }

    private static EntryRow only(List<EntryRow> found) throws HttpProblem {
        if (found.isEmpty()) {
            throw new HttpProblem(404, "noEntry", List.of());
        }
        if (found.size() > 1) {
            throw new HttpProblem(
                    409, "severalEntries", found.stream().map(EntryRow::id).toList());
        }
        return found.get(0);
    }

    /** Makes the entry with a label what the body says; does nothing if it is already. */
    public Answer put(ConsoleRequest request) throws HttpProblem {
        JsonNode body = Json.object(request.body());
        for (Iterator<String> names = body.fieldNames(); names.hasNext(); ) {
            if (!FIELDS.contains(names.next())) {
                throw new HttpProblem(400, "badField", List.of(String.join(", ", new TreeSet<>(FIELDS))));
            }
        }
        EntrySnapshot snapshot = list.snapshot();
        EntryVersion version = expected(request, snapshot.version());
        List<ListedEntry> found = snapshot.entries().stream()
                .filter(entry -> request.variable().equals(entry.label()))
                .toList();
        if (found.size() > 1) {
            throw new HttpProblem(409, "severalEntries", List.of());
        }
        List<EntryChange> changes = changes(request.variable(), body, found.isEmpty() ? null : found.get(0));
        if (changes.isEmpty()) {
            return one(request);
        }
        WriteResult.Applied applied = list.apply(version, request.user().name(), changes);
        return Json.of(
                json(only(labelled(list.rows(), request.variable()))),
                Map.of("ETag", tag(applied.snapshot().version())));
    }

    private static List<EntryChange> changes(String label, JsonNode body, @Nullable ListedEntry before)
            throws HttpProblem {
        if (before != null && before.isDenied()) {
            throw new HttpProblem(409, "denied", List.of());
        }
        EntryChange.Subject subject = subject(body);
        Set<String> roles = roles(body);
        Instant from = instant(body, "from");
        Instant until = instant(body, "until");
        boolean disabled = flag(body, "disabled");
        List<EntryChange> changes = new ArrayList<>();
        CertificateDigest digest = digest(subject);
        if (before != null && !before.digest().equals(digest)) {
            changes.add(new EntryChange.Remove(before.digest()));
            before = null;
        }
        if (before == null) {
            changes.add(new EntryChange.Add(subject, label, roles, from, until));
        } else if (!before.roles().equals(roles)
                || !Objects.equals(before.from(), from)
                || !Objects.equals(before.until(), until)) {
            changes.add(new EntryChange.SetAttributes(digest, roles, from, until));
        }
        boolean enabled = before == null || before.state() instanceof EntryState.Enabled;
        if (disabled && enabled) {
            changes.add(new EntryChange.Disable(digest));
        } else if (!disabled && !enabled) {
            changes.add(new EntryChange.Enable(digest));
        }
        return changes;
    }

    private static EntryChange.Subject subject(JsonNode body) throws HttpProblem {
        boolean hasCertificate = body.hasNonNull("certificate");
        if (hasCertificate == body.hasNonNull("digest")
                || !body.path(hasCertificate ? "certificate" : "digest").isTextual()) {
            throw new HttpProblem(400, "badSubject", List.of());
        }
        String text = body.path(hasCertificate ? "certificate" : "digest").asText();
        try {
            List<UploadItem> items =
                    UploadReader.read(text.getBytes(StandardCharsets.UTF_8), "").items();
            if (items.size() != 1 || items.get(0) instanceof UploadItem.OfCertificate != hasCertificate) {
                throw new HttpProblem(400, "badSubject", List.of());
            }
            return items.get(0) instanceof UploadItem.OfCertificate of
                    ? new EntryChange.OfCertificate(of.view().certificate())
                    : new EntryChange.OfDigest(((UploadItem.OfDigest) items.get(0)).digest());
        } catch (BadUploadException e) {
            throw new HttpProblem(400, "badSubject", e.detail().isEmpty() ? List.of() : List.of(e.detail()));
        }
    }

    private static CertificateDigest digest(EntryChange.Subject subject) {
        if (subject instanceof EntryChange.OfDigest of) {
            return of.digest();
        }
        try {
            return Thumbprint.of(((EntryChange.OfCertificate) subject).certificate(), DigestAlgorithm.SHA256);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> roles(JsonNode body) throws HttpProblem {
        Set<String> roles = new TreeSet<>();
        JsonNode given = body.path("roles");
        if (!given.isMissingNode() && !given.isArray()) {
            throw new HttpProblem(400, "badRoles", List.of());
        }
        for (JsonNode role : given) {
            if (!role.isTextual()) {
                throw new HttpProblem(400, "badRoles", List.of());
            }
            roles.add(role.asText());
        }
        return roles;
    }

    private static boolean flag(JsonNode body, String field) throws HttpProblem {
        JsonNode given = body.path(field);
        if (!given.isMissingNode() && !given.isBoolean()) {
            throw new HttpProblem(400, "badFlag", List.of(field));
        }
        return given.asBoolean(false);
    }

    private static @Nullable Instant instant(JsonNode body, String field) throws HttpProblem {
        JsonNode given = body.path(field);
        if (given.isMissingNode() || given.isNull()) {
            return null;
        }
        if (!given.isTextual()) {
            throw new HttpProblem(400, "badTime", List.of(field));
        }
        try {
            return Instant.parse(given.asText());
        } catch (DateTimeException e) {
            throw new HttpProblem(400, "badTime", List.of(field));
        }
    }

    /** Removes the entry with a label. */
    public Answer delete(ConsoleRequest request) throws HttpProblem {
        ManagedList.Rows rows = list.rows();
        EntryRow row = only(labelled(rows, request.variable()));
        EntryVersion version = expected(request, rows.version());
        WriteResult.Applied applied = list.apply(
                version,
                request.user().name(),
                List.of(new EntryChange.Remove(EntryId.parse(row.id()).orElseThrow())));
        return new Answer.Content(
                204, "application/json", Map.of("ETag", tag(applied.snapshot().version())), new byte[0]);
    }

    /** Returns the version in {@code If-Match}, or the current one. */
    private static EntryVersion expected(ConsoleRequest request, EntryVersion current) throws HttpProblem {
        String given = request.header("If-Match");
        if (given == null || given.equals("*")) {
            return current;
        }
        String text = given.length() > 2 && given.startsWith("\"") && given.endsWith("\"")
                ? given.substring(1, given.length() - 1)
                : "";
        return EntryVersion.parse(text).orElseThrow(() -> new HttpProblem(400, "badVersion", List.of()));
    }

    private static String tag(EntryVersion version) {
        return "\"" + version + "\"";
    }

    private static Map<String, Object> json(EntryRow row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", row.id());
        json.put("label", row.label());
        json.put("state", row.state().key());
        json.put("roles", row.roles());
        json.put("from", text(row.from()));
        json.put("until", text(row.until()));
        json.put("ends", text(row.ends()));
        json.put("subject", row.subject());
        json.put("issuer", row.issuer());
        json.put("reason", row.reason());
        json.put(
                "certificate",
                row.certificate() == null ? null : row.certificate().pem());
        return json;
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }
}
