/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.pem.PemText;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.file.FilePaths;
import io.github.thumbkeeper.store.write.FolderContent.CertificateFile;
import io.github.thumbkeeper.store.write.FolderContent.Line;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the steps that lead a folder from its entries to the new ones. Lines and files of other entries stay as they are, with
 * their comments.
 *
 * <p>Not thread-safe; used for one call.
 */
final class FolderPlanner {

    private static final String HEADER =
            "# One line for each client. See docs/writing.md before you change it by hand.";
    private static final int DIGITS = 16;

    private final Path folder;
    private final FolderContent content;
    private final Map<CertificateDigest, ListedEntry> before;
    private final Map<CertificateDigest, ListedEntry> after;
    private final List<String> problems = new ArrayList<>();
    private final List<FolderJournal.Content> denied = new ArrayList<>();
    private final List<String> deleted = new ArrayList<>();
    private final List<FolderJournal.Content> created = new ArrayList<>();
    private final List<String> released = new ArrayList<>();

    /** The entry that a line of the list is about. */
    private final Map<CertificateDigest, CertificateDigest> owners = new HashMap<>();

    FolderPlanner(Path folder, FolderContent content, List<ListedEntry> after) {
        this.folder = folder;
        this.content = content;
        this.before = byDigest(content.entries());
        this.after = byDigest(after);
    }

    private static Map<CertificateDigest, ListedEntry> byDigest(List<ListedEntry> entries) {
        return entries.stream()
                .collect(Collectors.toMap(
                        ListedEntry::digest, Function.identity(), (one, other) -> one, LinkedHashMap::new));
    }

    /** Returns the steps; without effect if there are {@link #problems}. */
    FolderJournal plan(List<HistoryRecord> records) {
        Map<CertificateDigest, @Nullable ListedEntry> touched = new LinkedHashMap<>();
        before.forEach((digest, entry) -> {
            if (!entry.equals(after.get(digest))) {
                touched.put(digest, after.get(digest));
            }
        });
        after.forEach((digest, entry) -> {
            if (!before.containsKey(digest)) {
                touched.put(digest, entry);
            }
        });
        touched.forEach((digest, entry) -> plan(digest, before.get(digest), entry));
        return new FolderJournal(
                FolderJournal.hash(content.list()), denied, deleted, list(touched), created, released, records);
    }

    /** Returns why the folder cannot be changed in this way. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    private void plan(CertificateDigest digest, @Nullable ListedEntry from, @Nullable ListedEntry to) {
        ListedEntry any = to == null ? from : to;
        if (any == null) {
            return;
        }
        String name = SafeText.quoted(any.name());
        owners.put(digest, digest);
        X509Certificate certificate = any.certificate();
        Set<CertificateDigest> aliases = certificate == null ? Set.of(digest) : EntryPlanner.digests(certificate);
        for (CertificateDigest alias : aliases) {
            if (content.foreign().contains(alias)) {
                problems.add(name + " is in a list other than " + FolderJournal.LIST
                        + "; expected its line there, or nowhere else");
            }
            if (!(alias instanceof PublicKeyPin)) {
                owners.put(alias, digest);
            }
        }
        if (to != null && !EntryLine.isWritable(to)) {
            problems.add(name + " has a label that a list cannot hold; expected one without double quotes");
        }
        if (certificate != null && !(digest instanceof PublicKeyPin)) {
            planFiles(digest, from, to, certificate, name);
        }
    }

    private void planFiles(
            CertificateDigest digest,
            @Nullable ListedEntry from,
            @Nullable ListedEntry to,
            X509Certificate certificate,
            String name) {
        List<CertificateFile> files = content.files().getOrDefault(digest, List.of());
        boolean keeps = to != null && !to.isDenied() && from != null && Objects.equals(to.label(), from.label());
        if (!keeps) {
            files.forEach(file -> delete(file, name));
        }
        if (to != null && !to.isDenied() && (!keeps || files.isEmpty())) {
            String label = to.label() == null ? "" : to.label();
            if (!label.isEmpty()) {
                EntryLabels.problem(label).ifPresent(why -> problems.add("label " + name + " " + why));
            }
            created.add(new FolderJournal.Content(fileName(label, digest), pem(certificate)));
        }
        planDeniedFile(digest, to, certificate);
    }

    private void planDeniedFile(CertificateDigest digest, @Nullable ListedEntry to, X509Certificate certificate) {
        String present = content.denied().get(digest);
        if (to == null || !to.isDenied()) {
            if (present != null) {
                released.add(present);
            }
        } else if (present == null) {
            String label = to.label() == null || EntryLabels.problem(to.label()).isPresent() ? "" : to.label();
            denied.add(new FolderJournal.Content(fileName(label, digest), pem(certificate)));
        }
    }

    private void delete(CertificateFile file, String name) {
        String fileName = FilePaths.nameOf(file.path());
        if (file.count() > 1) {
            problems.add(name + " is in " + SafeText.quoted(fileName) + " with other certificates"
                    + "; expected a file for each certificate, or disable it instead");
        } else if (!file.plain()) {
            problems.add(
                    name + " is in " + SafeText.quoted(fileName) + ", which is a symbolic link or has a private key"
                            + "; expected a file with one certificate only");
        } else if (!isNameOf(file.path(), fileName)) {
            problems.add(name + " is in a file whose name this process cannot write; expected a name in ASCII");
        } else {
            deleted.add(fileName);
        }
    }

    private boolean isNameOf(Path file, String name) {
        try {
            return folder.resolve(name).equals(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Returns a name that no other certificate has, and whose beginning gives the label to readers. */
    private String fileName(String label, CertificateDigest digest) {
        String name = label + "#" + HexFormat.of().formatHex(digest.toBytes()).substring(0, DIGITS) + ".pem";
        try {
            Path path = folder.resolve(name);
            if (!folder.equals(path.getParent()) || !FilePaths.nameOf(path).equals(name)) {
                problems.add("label " + SafeText.quoted(label) + " is not a file name");
            }
        } catch (InvalidPathException e) {
            problems.add("label " + SafeText.quoted(label) + " cannot be written as a file name in the locale of this"
                    + " process; expected ASCII, or a UTF-8 locale");
        }
        return name;
    }

    private static String pem(X509Certificate certificate) {
        try {
            return PemText.ofCertificate(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was parsed cannot give its DER form", e);
        }
    }

    private String list(Map<CertificateDigest, @Nullable ListedEntry> touched) {
        List<String> lines = new ArrayList<>();
        Map<CertificateDigest, @Nullable ListedEntry> open = new LinkedHashMap<>(touched);
        for (Line line : content.lines()) {
            CertificateDigest owner =
                    line.entry().map(entry -> owners.get(entry.digest())).orElse(null);
            if (owner == null) {
                lines.add(line.text());
            } else {
                ListedEntry entry = open.remove(owner);
                if (entry != null) {
                    lines.add(EntryLine.format(entry));
                }
            }
        }
        open.values().forEach(entry -> {
            if (entry != null) {
                lines.add(EntryLine.format(entry));
            }
        });
        if (content.list().isEmpty()) {
            lines.add(0, HEADER);
        }
        return lines.isEmpty() ? HEADER + "\n" : String.join("\n", lines) + "\n";
    }
}
