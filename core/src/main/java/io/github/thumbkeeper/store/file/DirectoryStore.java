/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.CertificateEntries;
import io.github.thumbkeeper.store.file.DirectoryReader.Part;
import io.github.thumbkeeper.store.file.DirectoryReader.Scan;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A directory of certificate files in PEM or DER; the label is the file name without extension, cut at the first
 * {@code #}.
 *
 * <p>At the first load any bad file is an error. Later a bad file stands as it was read last, while new, changed and
 * removed files take effect. An empty directory lists nothing; a missing one cannot be read.
 */
public final class DirectoryStore implements Loader<EntryTable> {

    private final DirectoryReader<CertificateEntries> reader;
    private final InstantSource clock;
    private final boolean denying;

    /**
     * Names a directory of what is admitted; nothing is read yet.
     *
     * @param clock tells which certificates to warn of as expired
     */
    public DirectoryStore(String location, Path directory, InstantSource clock) {
        this(location, directory, false, clock);
    }

    public DirectoryStore(String location, Path directory, boolean denying, InstantSource clock) {
        this.reader = new DirectoryReader<>(location, directory, this::parse);
        this.clock = clock;
        this.denying = denying;
    }

    @Override
    public String location() {
        return reader.name();
    }

    @Override
    public Loaded<EntryTable> load(@Nullable Loaded<EntryTable> previous) throws StoreException {
        Map<String, Part<CertificateEntries>> before = previous == null ? Map.of() : ((State) previous.state()).parts();
        Scan<CertificateEntries> scan = reader.scan(before);
        Collection<StoreException> failures = scan.failures().values();
        if (previous == null && !failures.isEmpty()) {
            throw StoreException.ofParts(location(), failures);
        }
        if (previous != null
                && scan.parts().equals(before)
                && messages(failures).equals(messages(previous.failures()))) {
            return previous;
        }
        return contents(scan);
    }

    private Loaded<EntryTable> contents(Scan<CertificateEntries> scan) {
        EntryTable.Builder entries = new EntryTable.Builder();
        List<String> warnings = new ArrayList<>(FilePaths.writableByAll(location(), reader.path()));
        for (Part<CertificateEntries> part : scan.parts().values()) {
            part.value().entries().forEach(entries::add);
            warnings.addAll(part.value().warnings());
        }
        return new Loaded<>(
                entries.build(), warnings, List.copyOf(scan.failures().values()), new State(scan.parts()));
    }

    private CertificateEntries parse(StoreFile file, StoreFile.Content content) throws StoreException {
        CertificateEntries.Collector collector =
                new CertificateEntries.Collector(file.name(), clock.instant(), denying);
        return collector.build(CertificateFile.readPemOrDer(file, content, collector));
    }

    private static List<String> messages(Collection<StoreException> failures) {
        return failures.stream().map(Throwable::getMessage).toList();
    }

    private record State(Map<String, Part<CertificateEntries>> parts) {}
}
