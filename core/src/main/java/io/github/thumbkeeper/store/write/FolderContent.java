/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.write;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.pem.Certificates;
import io.github.thumbkeeper.certificate.text.TextEncoding;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.BadEntryException;
import io.github.thumbkeeper.store.file.DirectoryStore;
import io.github.thumbkeeper.store.file.FileNames;
import io.github.thumbkeeper.store.file.FilePaths;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a folder has at one moment: the entries as a gate reads them, and the files and lines that make them.
 *
 * <p>The entries come from {@link DirectoryStore} itself, so that a writer and a gate cannot differ about the meaning of a folder.
 *
 * <p>Immutable and thread-safe.
 *
 * @param entries the entries
 * @param list the content of the list, if there is one
 * @param lines its lines
 * @param files the files of each certificate, by its SHA-256 thumbprint
 * @param denied the names of the files of denied certificates, by SHA-256 thumbprint
 * @param foreign the thumbprints and pins in other lists of the folder
 */
record FolderContent(
        List<ListedEntry> entries,
        Optional<byte[]> list,
        List<Line> lines,
        Map<CertificateDigest, List<CertificateFile>> files,
        Map<CertificateDigest, String> denied,
        Set<CertificateDigest> foreign) {

    private static final int ATTEMPTS = 3;

    /** A line of the list; a line without an entry has a comment or nothing. */
    record Line(String text, Optional<ListedEntry> entry) {}

    /**
     * A file with certificates.
     *
     * @param count the number of its certificates
     * @param plain whether it is a regular file with nothing else in it
     */
    record CertificateFile(Path path, int count, boolean plain) {}

    /**
     * Reads folders, and parses only what has changed since the last time.
     *
     * <p>Not thread-safe.
     */
    static final class Reader {
        private final String location;
        private final Path folder;
        private final DirectoryStore store;
        private final Map<String, Certificates> parsed = new HashMap<>();

        /** The hashes of the files that the present reading has met. The others are forgotten. */
        private final Set<String> used = new HashSet<>();

        private @Nullable Loaded<EntryTable> last;

        Reader(String location, Path folder, InstantSource clock) {
            this.location = location;
            this.folder = folder;
            this.store = DirectoryStore.ofEntries(location, folder, false, clock);
        }

        /** Returns the number of files whose certificates are kept. */
        int kept() {
            return parsed.size();
        }

        /** Reads everything; another program may change the folder meanwhile. */
        FolderContent read() throws StoreException {
            try {
                for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                    Optional<byte[]> list = list();
                    EntryTable table = table();
                    FolderContent content = content(list, table);
                    if (FolderJournal.hash(list).equals(FolderJournal.hash(list()))) {
                        return content;
                    }
                }
                throw new StoreException(location, "changed while it was read, " + ATTEMPTS + " times", null);
            } catch (IOException | DirectoryIteratorException e) {
                throw new StoreException(
                        location, "cannot be read (" + e.getClass().getSimpleName() + ")", e);
            }
        }

        private Optional<byte[]> list() throws IOException, StoreException {
            Path file = folder.resolve(FolderJournal.LIST);
            if (Files.isSymbolicLink(file)) {
                throw new StoreException(
                        location + "/" + FolderJournal.LIST,
                        "is a symbolic link, which a writer would replace; expected a regular file",
                        null);
            }
            return FolderFiles.read(file);
        }

        private EntryTable table() throws StoreException {
            Loaded<EntryTable> now = store.load(last);
            if (!now.failures().isEmpty() && last != null) {
                last = null;
                now = store.load(null);
            }
            if (!now.failures().isEmpty()) {
                throw StoreException.ofParts(location, now.failures());
            }
            last = now;
            return now.value();
        }

        private FolderContent content(Optional<byte[]> list, EntryTable table) throws IOException, StoreException {
            List<Line> lines = list.isPresent() ? lines(list.get(), FolderJournal.LIST) : List.of();
            Map<CertificateDigest, X509Certificate> certificates = new HashMap<>();
            Map<CertificateDigest, List<CertificateFile>> files = new HashMap<>();
            Set<CertificateDigest> foreign = new HashSet<>();
            used.clear();
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                for (Path file : stream) {
                    String name = FilePaths.nameOf(file);
                    if (FileNames.CERTIFICATES.isWanted(name)) {
                        addCertificates(file, certificates, files);
                    } else if (FileNames.CERTIFICATES_AND_LISTS.isWanted(name) && !name.equals(FolderJournal.LIST)) {
                        for (Line line : lines(Files.readAllBytes(file), name)) {
                            line.entry.ifPresent(entry -> foreign.add(entry.digest()));
                        }
                    }
                }
            }
            Map<CertificateDigest, String> denied = denied(certificates);
            parsed.keySet().retainAll(used);
            List<ListedEntry> entries = new ArrayList<>();
            Map<CertificateDigest, EntryState> states = states(lines);
            table.stream().forEach(entry -> {
                X509Certificate certificate = certificates.get(entry.digest());
                entries.add(ListedEntry.of(entry, state(entry, certificate, states), certificate));
            });
            return new FolderContent(
                    List.copyOf(entries), list, List.copyOf(lines), Map.copyOf(files), Map.copyOf(denied), foreign);
        }

        private List<Line> lines(byte[] bytes, String name) throws StoreException {
            List<Line> lines = new ArrayList<>();
            try {
                String text = TextEncoding.decode(bytes);
                for (String each : text.isEmpty() ? new String[0] : text.split("\n")) {
                    lines.add(new Line(each, EntryLine.parse(each.endsWith("\r") ? each.stripTrailing() : each)));
                }
                return lines;
            } catch (CharacterCodingException | BadEntryException e) {
                throw new StoreException(location + "/" + name, "changed while it was read", e);
            }
        }

        private void addCertificates(
                Path file,
                Map<CertificateDigest, X509Certificate> certificates,
                Map<CertificateDigest, List<CertificateFile>> files)
                throws IOException, StoreException {
            byte[] bytes = Files.readAllBytes(file);
            if (CertificateReader.hasOnlyPrivateKeys(bytes)) {
                return;
            }
            Certificates read = parse(file, bytes);
            boolean plain = read.warnings().isEmpty() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
            CertificateFile found =
                    new CertificateFile(file, read.certificates().size(), plain);
            for (X509Certificate each : read.certificates()) {
                CertificateDigest digest = thumbprint(each);
                certificates.put(digest, each);
                files.computeIfAbsent(digest, key -> new ArrayList<>()).add(found);
            }
        }

        private Certificates parse(Path file, byte[] bytes) throws StoreException {
            String hash = FolderJournal.hash(Optional.of(bytes));
            used.add(hash);
            Certificates known = parsed.get(hash);
            if (known == null) {
                try {
                    known = CertificateReader.readAll(bytes);
                } catch (CertificateFormatException e) {
                    throw new StoreException(
                            location + "/" + FilePaths.nameOf(file), String.valueOf(e.getMessage()), e);
                }
                parsed.put(hash, known);
            }
            return known;
        }

        /** Adds the certificates of denied entries, and returns the names of their files. */
        private Map<CertificateDigest, String> denied(Map<CertificateDigest, X509Certificate> certificates)
                throws IOException, StoreException {
            Map<CertificateDigest, String> names = new HashMap<>();
            Path denied = folder.resolve(FolderJournal.DENIED);
            if (!Files.exists(denied, LinkOption.NOFOLLOW_LINKS)) {
                return names;
            }
            if (!Files.isDirectory(denied, LinkOption.NOFOLLOW_LINKS)) {
                throw new StoreException(
                        location + "/" + FolderJournal.DENIED,
                        "is a file or a symbolic link; expected a folder, for the certificates of denied entries",
                        null);
            }
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(denied)) {
                for (Path file : stream) {
                    String name = FilePaths.nameOf(file);
                    if (FileNames.CERTIFICATES.isWanted(name)) {
                        Certificates read = parse(file, Files.readAllBytes(file));
                        for (X509Certificate each : read.certificates()) {
                            certificates.putIfAbsent(thumbprint(each), each);
                            if (read.certificates().size() == 1) {
                                names.put(thumbprint(each), name);
                            }
                        }
                    }
                }
            }
            return names;
        }

        private static CertificateDigest thumbprint(X509Certificate certificate) {
            try {
                return Thumbprint.of(certificate, DigestAlgorithm.SHA256);
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate that was parsed cannot give its DER form", e);
            }
        }

        private static Map<CertificateDigest, EntryState> states(List<Line> lines) {
            Map<CertificateDigest, EntryState> states = new HashMap<>();
            lines.forEach(line -> line.entry.ifPresent(entry -> states.put(entry.digest(), entry.state())));
            return states;
        }

        private static EntryState state(
                Entry entry, @Nullable X509Certificate certificate, Map<CertificateDigest, EntryState> states) {
            if (!entry.disabled()) {
                return EntryState.ENABLED;
            }
            Set<CertificateDigest> digests = certificate == null || !(entry.digest() instanceof Thumbprint)
                    ? Set.of(entry.digest())
                    : EntryPlanner.digests(certificate);
            return digests.stream()
                    .map(states::get)
                    .filter(EntryState.Denied.class::isInstance)
                    .findFirst()
                    .orElse(EntryState.DISABLED);
        }
    }
}
