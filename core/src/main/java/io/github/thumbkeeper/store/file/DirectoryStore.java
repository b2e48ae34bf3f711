/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.CertificateEntries;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.DirectoryReader.Scan;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads a directory of PEM and DER files. The label is the file name without extension, cut at the first {@code #}.
 *
 * <p>As a list of entries, at the first load any bad file is an error; later the previous content of a bad file stays in
 * force, while new, changed and removed files take effect. As trust anchors, all files must be good each time. An empty
 * directory lists no entries; a missing one cannot be read.
 *
 * <p>Not thread-safe.
 *
 * @param <V> what is made of the certificates
 */
public final class DirectoryStore<V> implements Loader<V> {

    private final DirectoryReader<V> reader;
    private final Function<Collection<Loaded<V>>, V> joiner;
    private final boolean keepsBadFiles;

    private DirectoryStore(
            DirectoryReader<V> reader, Function<Collection<Loaded<V>>, V> joiner, boolean keepsBadFiles) {
        this.reader = reader;
        this.joiner = joiner;
        this.keepsBadFiles = keepsBadFiles;
    }

    /**
     * Returns a loader for the entries of a directory; nothing is read yet.
     *
     * @param denying whether the entries are denied
     * @param clock used to warn of expired certificates
     */
    public static DirectoryStore<EntryTable> ofEntries(
            String location, Path directory, boolean denying, InstantSource clock) {
        DirectoryReader.Parser<EntryTable> parser = (file, content) -> {
            CertificateEntries.Collector collector =
                    new CertificateEntries.Collector(file.name(), clock.instant(), denying);
            CertificateEntries read = collector.build(CertificateFile.readPemOrDer(file, content, collector));
            return new Loaded<>(read.entries(), read.warnings(), List.of(), content.hash());
        };
        return new DirectoryStore<>(
                DirectoryReader.ofCertificates(location, directory, parser), DirectoryStore::joinEntries, true);
    }

    /** Returns a loader for the certificates of a directory, of all files or of none; nothing is read yet. */
    static DirectoryStore<List<NamedCertificate>> ofCertificates(String location, Path directory) {
        DirectoryReader.Parser<List<NamedCertificate>> parser = (file, content) -> {
            List<NamedCertificate> certificates = new ArrayList<>();
            List<String> warnings = CertificateFile.readPemOrDer(file, content, certificates::add);
            return new Loaded<>(List.copyOf(certificates), warnings, List.of(), content.hash());
        };
        return new DirectoryStore<>(
                DirectoryReader.ofCertificates(location, directory, parser), DirectoryReader::joinLists, false);
    }

    @Override
    public String location() {
        return reader.name();
    }

    @Override
    public Loaded<V> load(@Nullable Loaded<V> previous) throws StoreException {
        Scan<V> scan = reader.scan(previous);
        Collection<StoreException> failures = scan.failures().values();
        if (!failures.isEmpty() && (previous == null || !keepsBadFiles)) {
            throw StoreException.ofParts(location(), failures);
        }
        return scan.toLoaded(previous, joiner, FilePaths.writableByAll(location(), reader.path()));
    }

    private static EntryTable joinEntries(Collection<Loaded<EntryTable>> files) {
        EntryTable.Builder entries = new EntryTable.Builder();
        files.forEach(file -> file.value().forEach(entries::add));
        return entries.build();
    }
}
