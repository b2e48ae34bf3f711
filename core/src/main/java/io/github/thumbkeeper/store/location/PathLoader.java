/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.CertificateFile;
import io.github.thumbkeeper.store.file.DirectoryStore;
import io.github.thumbkeeper.store.file.FileStore;
import io.github.thumbkeeper.store.file.KeyStoreOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads a path that is a file or a directory. Which of the two is decided again at each load until the first one succeeds,
 * because a volume may not be mounted yet; after that, a file never becomes a directory or the reverse.
 *
 * <p>Not thread-safe.
 */
final class PathLoader<V> implements Loader<V> {

    private final Supplier<Loader<V>> choice;
    private Loader<V> chosen;

    private PathLoader(Supplier<Loader<V>> choice) {
        this.choice = choice;
        this.chosen = choice.get();
    }

    /** Returns a loader for the entries of a path. */
    static PathLoader<EntryTable> ofEntries(String location, Path path, StoreOptions options, InstantSource clock) {
        return new PathLoader<>(() -> Files.isDirectory(path)
                ? DirectoryStore.ofEntries(location, path, options.denying(), clock)
                : new FileStore(location, path, options.keyStore(), options.denying(), clock));
    }

    /** Returns a loader for the certificates themselves of a path. */
    static PathLoader<List<NamedCertificate>> ofCertificates(String location, Path path, KeyStoreOptions options) {
        return new PathLoader<>(() -> CertificateFile.at(location, path, options));
    }

    @Override
    public String location() {
        return chosen.location();
    }

    @Override
    public Loaded<V> load(@Nullable Loaded<V> previous) throws StoreException {
        if (previous == null) {
            chosen = choice.get();
        }
        return chosen.load(previous);
    }
}
