/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.pem.CrlReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.store.CrlFilter;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.DirectoryReader.Part;
import io.github.thumbkeeper.store.file.DirectoryReader.Scan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Certificate revocation lists in a file, or in the files of a directory that end {@code .crl .pem .der}. A file that cannot be
 * used any more stands as it was read last, while the others are followed.
 *
 * @param <T> what is made of a list
 */
public final class CrlFiles<T> implements Loader<List<T>> {

    private static final Pattern FILES = Pattern.compile("(?s)[^.].*\\.(crl|pem|der)");
    private static final long MOST_BYTES = 64L << 20;

    private final String location;
    private final Path path;
    private final CrlFilter<T> acceptance;

    public CrlFiles(String location, Path path, CrlFilter<T> acceptance) {
        this.location = location;
        this.path = path;
        this.acceptance = acceptance;
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public Loaded<List<T>> load(@Nullable Loaded<List<T>> previous) throws StoreException {
        SortedMap<String, Part<List<T>>> before = parts(previous);
        Scan<List<T>> scan = Files.isDirectory(path) ? directory().scan(before) : file(before);
        if (scan.parts().isEmpty() && scan.failures().isEmpty()) {
            throw new StoreException(location, "has no CRL; expected .crl, .pem or .der files", null);
        }
        SortedMap<String, StoreException> failures = new TreeMap<>(scan.failures());
        scan.parts().forEach((name, part) -> judge(name, part, failures));
        boolean same = previous != null && scan.parts().equals(before) && sameAs(previous, failures);
        return previous != null && same ? previous : held(scan.parts(), failures);
    }

    @SuppressWarnings("unchecked") // it is what held() puts there
    private SortedMap<String, Part<List<T>>> parts(@Nullable Loaded<List<T>> previous) {
        return previous == null ? new TreeMap<>() : (SortedMap<String, Part<List<T>>>) previous.state();
    }

    private void judge(String name, Part<List<T>> part, Map<String, StoreException> failures) {
        for (T item : part.value()) {
            String objection = acceptance.objection(item);
            if (objection != null) {
                failures.putIfAbsent(name, new StoreException(shown(name), objection, null));
            }
        }
    }

    private String shown(String name) {
        return name.equals(location) ? location : directory().nameOf(name);
    }

    private Loaded<List<T>> held(SortedMap<String, Part<List<T>>> parts, SortedMap<String, StoreException> failures) {
        List<T> items = new ArrayList<>();
        parts.values().forEach(part -> items.addAll(part.value()));
        return new Loaded<>(
                List.copyOf(items), FilePaths.writableByAll(location, path), List.copyOf(failures.values()), parts);
    }

    private static boolean sameAs(Loaded<?> previous, SortedMap<String, StoreException> failures) {
        return messages(previous.failures()).equals(messages(List.copyOf(failures.values())));
    }

    private static List<String> messages(List<StoreException> failures) {
        return failures.stream().map(Throwable::getMessage).toList();
    }

    private DirectoryReader<List<T>> directory() {
        return new DirectoryReader<>(location, path, this::parse, FILES);
    }

    private Scan<List<T>> file(SortedMap<String, Part<List<T>>> before) throws StoreException {
        StoreFile file = new StoreFile(location, path);
        Part<List<T>> part = before.get(location);
        Scan<List<T>> scan = new Scan<>(new TreeMap<>(), new TreeMap<>());
        if (part == null || !part.hash().equals(file.hash())) {
            StoreFile.Content content = file.read();
            part = new Part<>(content.hash(), parse(file, content));
        }
        scan.parts().put(location, part);
        return scan;
    }

    /** One that does not do is not even kept, so that the one that was read before stays. */
    private List<T> parse(StoreFile file, StoreFile.Content content) throws StoreException {
        if (content.bytes().length > MOST_BYTES) {
            throw new StoreException(file.name(), "has more than " + MOST_BYTES + " bytes", null);
        }
        try {
            List<T> items = CrlReader.readAll(content.bytes()).stream()
                    .map(acceptance::of)
                    .toList();
            for (T item : items) {
                String objection = acceptance.objection(item);
                if (objection != null) {
                    throw new StoreException(file.name(), objection, null);
                }
            }
            return items;
        } catch (CertificateFormatException e) {
            throw new StoreException(file.name(), String.valueOf(e.getMessage()), e);
        }
    }
}
