/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.pem.CrlReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.store.CrlFilter;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.DirectoryReader.Parsed;
import io.github.thumbkeeper.store.file.DirectoryReader.Scan;
import io.github.thumbkeeper.store.file.DirectoryReader.Skipped;
import io.github.thumbkeeper.store.file.DirectoryReader.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
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

    private static final long MAX_BYTES = 64L << 20;

    private final DirectoryReader<List<T>> reader;
    private final CrlFilter<T> filter;

    /**
     * Creates a loader; nothing is read yet.
     *
     * @param filter makes the values of the CRLs and rejects unusable ones
     */
    public CrlFiles(String location, Path path, CrlFilter<T> filter) {
        this.reader = new DirectoryReader<>(location, path, this::parse, FileNames.CRLS);
        this.filter = filter;
    }

    @Override
    public String location() {
        return reader.name();
    }

    /** State of a result: what was read, and the objections at that time. */
    private record State<T>(Scan<List<T>> scan, SortedMap<Path, StoreException> objections) {
        boolean isSameAs(State<T> other) {
            return scan.isSameAs(other.scan) && messages().equals(other.messages());
        }

        private Map<Path, String> messages() {
            Map<Path, String> messages = new HashMap<>();
            objections.forEach((name, objection) -> messages.put(name, String.valueOf(objection.getMessage())));
            return messages;
        }

        /** Returns the failures by file; one of reading counts more. */
        Collection<StoreException> failures() {
            SortedMap<Path, StoreException> failures = new TreeMap<>(objections);
            failures.putAll(scan.failures());
            return failures.values();
        }
    }

    @Override
    @SuppressWarnings("unchecked") // this method sets it
    public Loaded<List<T>> load(@Nullable Loaded<List<T>> previous) throws StoreException {
        State<T> before = previous == null ? new State<>(new Scan<>(), new TreeMap<>()) : (State<T>) previous.state();
        Scan<List<T>> scan = Files.isDirectory(reader.path()) ? reader.scan(before.scan) : file(before.scan);
        if (scan.parts().isEmpty() && scan.failures().isEmpty()) {
            String ignored = scan.warnings().isEmpty() ? "" : "; " + String.join("; ", scan.warnings());
            throw new StoreException(location(), "has no CRL; expected .crl, .pem or .der files" + ignored, null);
        }
        State<T> now = new State<>(scan, objections(scan));
        if (previous != null && now.isSameAs(before)) {
            return previous;
        }
        List<String> warnings = new ArrayList<>(FilePaths.writableByAll(location(), reader.path()));
        List<T> all = new ArrayList<>();
        for (Loaded<List<T>> part : scan.parts().values()) {
            all.addAll(part.value());
            warnings.addAll(part.warnings());
        }
        warnings.addAll(scan.warnings());
        return new Loaded<>(List.copyOf(all), warnings, List.copyOf(now.failures()), now);
    }

    /** Returns what makes CRLs unusable that were read before, for example because they have expired. */
    private SortedMap<Path, StoreException> objections(Scan<List<T>> scan) {
        SortedMap<Path, StoreException> objections = new TreeMap<>();
        scan.parts().forEach((name, part) -> {
            for (T item : part.value()) {
                String objection = filter.objection(item);
                if (objection != null) {
                    String shown = name.equals(reader.path()) ? location() : reader.nameOf(name);
                    objections.putIfAbsent(name, new StoreException(shown, objection, null));
                }
            }
        });
        return objections;
    }

    private Scan<List<T>> file(Scan<List<T>> before) throws StoreException {
        Scan<List<T>> scan = new Scan<>();
        StoreFile file = new StoreFile(location(), reader.path());
        reader.part(file, before.parts().get(reader.path()), false, reader.path(), scan);
        if (scan.parts().isEmpty()) {
            throw new StoreException(location(), DirectoryStore.ONLY_KEY, null);
        }
        return scan;
    }

    /** Parses a file; an unusable CRL is an error, so that the previous content of its file stays in force. */
    private Parsed<List<T>> parse(StoreFile file, StoreFile.Content content, boolean hasLists) throws StoreException {
        if (CertificateReader.hasOnlyPrivateKeys(content.bytes())) {
            return new Skipped<>(DirectoryStore.ONLY_KEY);
        }
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
            return new Value<>(items, List.of());
        } catch (CertificateFormatException e) {
            throw new StoreException(file.name(), String.valueOf(e.getMessage()), e);
        }
    }
}
