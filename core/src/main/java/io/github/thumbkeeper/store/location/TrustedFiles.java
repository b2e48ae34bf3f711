/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.CertificateFiles;
import io.github.thumbkeeper.store.file.CertificateFiles.Reading;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The certificates of a path, a file or a directory of files; what it is, is decided while it has not been read. */
final class TrustedFiles implements Loader<List<NamedCertificate>> {

    private final String location;
    private final Path path;
    private final StoreOptions options;
    private @Nullable CertificateFiles files;

    TrustedFiles(String location, Path path, StoreOptions options) {
        this.location = location;
        this.path = path;
        this.options = options;
    }

    @Override
    public String location() {
        return location;
    }

    @Override
    public Loaded<List<NamedCertificate>> load(@Nullable Loaded<List<NamedCertificate>> previous)
            throws StoreException {
        CertificateFiles chosen =
                previous == null || files == null ? CertificateFiles.at(location, path, options.keyStore()) : files;
        files = chosen;
        Reading before = previous == null ? null : (Reading) previous.state();
        Reading now = chosen.read(before);
        return previous != null && now.equals(before)
                ? previous
                : new Loaded<>(now.certificates(), now.warnings(), List.of(), now);
    }
}
