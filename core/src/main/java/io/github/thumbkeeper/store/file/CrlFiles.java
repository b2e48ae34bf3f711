/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.pem.CrlReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.store.CrlFilter;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.DirectoryReader.Scan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Loads the CRLs in a file, or in the files of a directory that end in {@code .crl .pem .der}. The previous content of a file
 * that can no longer be used stays in force, while changes to the other files take effect.
 *
 * <p>Not thread-safe.
 *
 * @param <T> what is made of a CRL
 */
public final class CrlFiles<T> implements Loader<List<T>> {

    private static final Pattern FILES = Pattern.compile("(?s)[^.].*\\.(crl|pem|der)");
    private static final long MAX_BYTES = 64L << 20;

    private final DirectoryReader<List<T>> reader;
    private final CrlFilter<T> filter;

    /**
     * Creates a loader; nothing is read yet.
     *
     * @param filter makes the values of the CRLs and rejects unusable ones
     */
    public CrlFiles(String location, Path path, CrlFilter<T> filter) {
        this.reader = new DirectoryReader<>(location, path, this::parse, FILES);
        this.filter = filter;
    }

    @Override
    public String location() {
        return reader.name();
    }

    @Override
    public Loaded<List<T>> load(@Nullable Loaded<List<T>> previous) throws StoreException {
        Scan<List<T>> scan = Files.isDirectory(reader.path()) ? reader.scan(previous) : file(previous);
        if (scan.parts().isEmpty() && scan.failures().isEmpty()) {
            throw new StoreException(location(), "has no CRL; expected .crl, .pem or .der files", null);
        }
        scan.parts().forEach((name, part) -> judge(name, part, scan));
        return scan.toLoaded(previous, DirectoryReader::joinLists, FilePaths.writableByAll(location(), reader.path()));
    }

    /** Reports CRLs that have become unusable since they were read, for example because they have expired. */
    private void judge(String name, Loaded<List<T>> part, Scan<List<T>> scan) {
        for (T item : part.value()) {
            String objection = filter.objection(item);
            if (objection != null) {
                String shown = name.equals(location()) ? name : reader.nameOf(name);
                scan.failures().putIfAbsent(name, new StoreException(shown, objection, null));
            }
        }
    }

    private Scan<List<T>> file(@Nullable Loaded<List<T>> previous) throws StoreException {
        Scan<List<T>> scan = new Scan<>();
        StoreFile file = new StoreFile(location(), reader.path());
        scan.parts()
                .put(
                        location(),
                        reader.part(file, DirectoryReader.partsOf(previous).get(location())));
        return scan;
    }

    /** Parses a file; an unusable CRL is an error, so that the previous content of its file stays in force. */
    private Loaded<List<T>> parse(StoreFile file, StoreFile.Content content) throws StoreException {
        if (content.bytes().length > MAX_BYTES) {
            throw new StoreException(file.name(), "has more than " + MAX_BYTES + " bytes", null);
        }
        try {
            List<T> items =
                    CrlReader.readAll(content.bytes()).stream().map(filter::of).toList();
            for (T item : items) {
                String objection = filter.objection(item);
                if (objection != null) {
                    throw new StoreException(file.name(), objection, null);
                }
            }
            return new Loaded<>(items, List.of(), List.of(), content.hash());
        } catch (CertificateFormatException e) {
            throw new StoreException(file.name(), String.valueOf(e.getMessage()), e);
        }
    }
}
