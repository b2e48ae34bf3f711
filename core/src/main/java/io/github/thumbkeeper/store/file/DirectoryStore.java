/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.certificate.CertificateDigest;
import io.github.thumbkeeper.certificate.DigestAlgorithm;
import io.github.thumbkeeper.certificate.PublicKeyPin;
import io.github.thumbkeeper.certificate.Thumbprint;
import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CheckedCertificate;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.PartwiseState;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.CertificateEntries;
import io.github.thumbkeeper.store.file.DirectoryReader.Parsed;
import io.github.thumbkeeper.store.file.DirectoryReader.Scan;
import io.github.thumbkeeper.store.file.DirectoryReader.Skipped;
import io.github.thumbkeeper.store.file.DirectoryReader.Value;
import io.github.thumbkeeper.store.file.FolderEntries.Joined;
import io.github.thumbkeeper.store.file.FolderPart.Lines;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads a directory of certificates in PEM and DER, and of thumbprint lists ({@code .list}). The label of a certificate is the file
 * name without extension, cut at the first {@code #}; a list gives it roles, dates and a switch.
 *
 * <p>A file that cannot be used is a failure of the result, and its previous content stays in force, while new, changed and removed
 * files take effect. Private keys, and files whose names do not count, are ignored with a warning. An empty directory lists no
 * entries; a missing one cannot be read.
 *
 * <p>While a list cannot be read, the restrictions of a list that was removed stay: its lines may be in the list that cannot be
 * read.
 *
 * <p>Not thread-safe.
 *
 * @see FolderEntries
 */
public final class DirectoryStore implements Loader<EntryTable> {

    /**
     * State of what is kept of a removed list. No file has it, so that the list is read again when it comes back, even if it has the
     * same content.
     */
    private static final String REMOVED = "removed";

    /** Why a private key does not count. */
    static final String ONLY_KEY = "holds only a private key, which is not read; keep it elsewhere";

    private final DirectoryReader<FolderPart> reader;
    private final boolean denying;
    private final InstantSource clock;

    private record State(Scan<FolderPart> scan, Set<CertificateDigest> matched) implements PartwiseState {
        @Override
        public boolean isPartwise() {
            return true;
        }
    }

    /** Creates a loader that asks a given file system, and measures times by a given monotonic clock. */
    DirectoryStore(
            String location,
            Path directory,
            boolean denying,
            InstantSource clock,
            FileSystemAccess files,
            LongSupplier ticker) {
        this.reader = new DirectoryReader<>(
                location, directory, this::parse, FileNames.CERTIFICATES_AND_LISTS, files, ticker);
        this.denying = denying;
        this.clock = clock;
    }

    /**
     * Returns a loader for the entries of a directory; nothing is read yet.
     *
     * @param denying whether the entries are denied
     * @param clock used to warn of expired certificates
     */
    public static DirectoryStore ofEntries(String location, Path directory, boolean denying, InstantSource clock) {
        return new DirectoryStore(location, directory, denying, clock, FileSystemAccess.OF_PATH, System::nanoTime);
    }

    @Override
    public String location() {
        return reader.name();
    }

    @Override
    public Loaded<EntryTable> load(@Nullable Loaded<EntryTable> previous) throws StoreException {
        State before = previous == null ? new State(new Scan<>(), Set.of()) : (State) previous.state();
        Scan<FolderPart> scan = reader.scan(before.scan);
        keepRestrictions(scan, before.scan);
        if (!denying) {
            dropUnknownDigests(scan);
        }
        if (previous != null && (scan == before.scan || scan.isSameAs(before.scan))) {
            return previous;
        }
        EntryTable last = previous == null ? EntryTable.empty() : previous.value();
        Joined joined = new FolderEntries(reader, denying).join(scan.parts(), last, before.matched);
        List<String> warnings = new ArrayList<>(FilePaths.writableByAll(location(), reader.path()));
        scan.parts().values().forEach(part -> warnings.addAll(part.warnings()));
        warnings.addAll(joined.warnings());
        warnings.addAll(scan.warnings());
        List<StoreException> failures = new ArrayList<>(scan.failures().values());
        failures.addAll(joined.contradictions());
        return new Loaded<>(
                joined.entries().equals(last) ? last : joined.entries(),
                warnings,
                failures,
                new State(scan, joined.matched()));
    }

    private static void keepRestrictions(Scan<FolderPart> scan, Scan<FolderPart> before) {
        if (scan.failures().keySet().stream().noneMatch(FileNames::isList)) {
            return;
        }
        before.parts().forEach((file, part) -> {
            if (part.value() instanceof Lines lines) {
                scan.parts()
                        .putIfAbsent(
                                file,
                                lines.removed()
                                        ? part
                                        : new Loaded<>(lines.restrictions(), List.of(), List.of(), REMOVED));
            }
        });
    }

    /**
     * Drops the last content of a certificate file that cannot be read and was read when the folder had no list: only its SHA-256
     * digests are known, and a line with another one could not restrict its certificates.
     */
    private static void dropUnknownDigests(Scan<FolderPart> scan) {
        if (scan.parts().keySet().stream().anyMatch(FileNames::isList)) {
            scan.failures()
                    .keySet()
                    .forEach(file -> scan.parts()
                            .computeIfPresent(file, (same, part) -> isCertificatesWithoutDigests(part) ? null : part));
        }
    }

    private static boolean isCertificatesWithoutDigests(Loaded<FolderPart> part) {
        return part.value() instanceof FolderPart.Certificates && DirectoryReader.isReadWithoutLists(part);
    }

    private Parsed<FolderPart> parse(StoreFile file, StoreFile.Content content, boolean hasLists)
            throws StoreException {
        if (FileNames.isList(file.path())) {
            ThumbprintList list = ThumbprintFile.parse(file.name(), content.bytes());
            requireEnd(file, content);
            List<String> warnings = new ArrayList<>(FilePaths.writableByAll(file.name(), file.path()));
            warnings.addAll(list.warnings());
            return new Value<>(new Lines(list.entries(), false), warnings);
        }
        if (CertificateReader.hasOnlyPrivateKeys(content.bytes())) {
            return new Skipped<>(ONLY_KEY);
        }
        CertificateEntries.Collector collector =
                new CertificateEntries.Collector(file.name(), clock.instant(), denying);
        Map<CertificateDigest, List<CertificateDigest>> aliases = new HashMap<>();
        CertificateEntries read = collector.build(CertificateFile.readPemOrDer(file, content, (name, certificate) -> {
            collector.add(name, certificate);
            if (hasLists) {
                addAliases(certificate, aliases);
            }
        }));
        return new Value<>(
                new FolderPart.Certificates(PackedEntries.of(read.entries()), Map.copyOf(aliases)), read.warnings());
    }

    /** A list that another program is still writing may lack its last word, which may be {@code disabled}. */
    private static void requireEnd(StoreFile file, StoreFile.Content content) throws StoreException {
        byte[] bytes = content.bytes();
        if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
            throw new StoreException(
                    file.name(), "may be cut off; expected a list whose last line ends with a line break", null);
        }
    }

    private static void addAliases(
            CheckedCertificate certificate, Map<CertificateDigest, List<CertificateDigest>> aliases)
            throws CertificateFormatException {
        Thumbprint own = Thumbprint.ofEncoded(certificate.der(), DigestAlgorithm.SHA256);
        for (DigestAlgorithm algorithm : DigestAlgorithm.values()) {
            addAlias(Thumbprint.ofEncoded(certificate.der(), algorithm), own, aliases);
        }
        addAlias(PublicKeyPin.of(certificate.parsed()), own, aliases);
    }

    private static void addAlias(
            CertificateDigest alias, CertificateDigest own, Map<CertificateDigest, List<CertificateDigest>> aliases) {
        if (!alias.equals(own)) {
            aliases.computeIfAbsent(alias, key -> new ArrayList<>()).add(own);
        }
    }
}
