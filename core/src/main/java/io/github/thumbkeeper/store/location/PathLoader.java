/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.DirectoryStore;
import io.github.thumbkeeper.store.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * A path that is a file or a directory. Which of the two is decided when it is first read with success: what is not mounted
 * yet may turn out to be either, and what was one of them does not become the other.
 */
final class PathLoader implements Loader<EntryTable> {

    private final String location;
    private final Path path;
    private final StoreOptions options;
    private final InstantSource clock;
    private Loader<EntryTable> store;

    PathLoader(String location, Path path, StoreOptions options, InstantSource clock) {
        this.location = location;
        this.path = path;
        this.options = options;
        this.clock = clock;
        this.store = choose();
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public Loaded<EntryTable> load(@Nullable Loaded<EntryTable> previous) throws StoreException {
        if (previous == null) {
            store = choose();
        }
        return store.load(previous);
    }

    private Loader<EntryTable> choose() {
        return Files.isDirectory(path)
                ? new DirectoryStore(location, path, options.denying(), clock)
                : new FileStore(location, path, options.keyStore(), options.denying(), clock);
    }
}
