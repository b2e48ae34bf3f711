/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.DirectoryReader.Parsed;
import io.github.thumbkeeper.store.file.DirectoryReader.Scan;
import io.github.thumbkeeper.store.file.DirectoryReader.Skipped;
import io.github.thumbkeeper.store.file.DirectoryReader.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads the certificates themselves of a directory of PEM and DER files, such as trust anchors, by the rules of
 * {@link DirectoryStore}: a file that cannot be used is a failure, and its previous certificates stay.
 *
 * <p>Not thread-safe.
 */
final class CertificateDirectory implements Loader<List<NamedCertificate>> {

    private final DirectoryReader<List<NamedCertificate>> reader;

    CertificateDirectory(String location, Path directory) {
        this.reader = new DirectoryReader<>(location, directory, CertificateDirectory::parse, FileNames.CERTIFICATES);
    }

    @Override
    public String location() {
        return reader.name();
    }

    @Override
    @SuppressWarnings("unchecked") // this method sets it
    public Loaded<List<NamedCertificate>> load(@Nullable Loaded<List<NamedCertificate>> previous)
            throws StoreException {
        Scan<List<NamedCertificate>> before =
                previous == null ? new Scan<>() : (Scan<List<NamedCertificate>>) previous.state();
        Scan<List<NamedCertificate>> scan = reader.scan(before);
        if (previous != null && scan.isSameAs(before)) {
            return previous;
        }
        List<String> warnings = new ArrayList<>(FilePaths.writableByAll(location(), reader.path()));
        List<NamedCertificate> certificates = new ArrayList<>();
        for (Loaded<List<NamedCertificate>> part : scan.parts().values()) {
            certificates.addAll(part.value());
            warnings.addAll(part.warnings());
        }
        warnings.addAll(scan.warnings());
        return new Loaded<>(
                List.copyOf(certificates), warnings, List.copyOf(scan.failures().values()), scan);
    }

    private static Parsed<List<NamedCertificate>> parse(StoreFile file, StoreFile.Content content, boolean hasLists)
            throws StoreException {
        if (CertificateReader.hasOnlyPrivateKeys(content.bytes())) {
            return new Skipped<>(DirectoryStore.ONLY_KEY);
        }
        List<NamedCertificate> certificates = new ArrayList<>();
        List<String> warnings = CertificateFile.readPemOrDer(
                file,
                content,
                (name, certificate) -> certificates.add(new NamedCertificate(name, certificate.parsed())));
        return new Value<>(List.copyOf(certificates), warnings);
    }
}
