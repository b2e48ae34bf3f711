/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.store.CertificateFiles.Reading;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The certificates of a path, a file or a directory of files; what it is, is decided while it has not been read. */
final class TrustedFiles implements Material<NamedCertificate> {

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
    public Held<NamedCertificate> read(@Nullable Held<NamedCertificate> previous) throws StoreException {
        CertificateFiles chosen =
                previous == null || files == null ? CertificateFiles.at(location, path, options) : files;
        files = chosen;
        Reading before = previous == null ? null : (Reading) previous.state();
        Reading now = chosen.read(before);
        return previous != null && now.equals(before)
                ? previous
                : new Held<>(now.certificates(), now.warnings(), List.of(), now);
    }
}
