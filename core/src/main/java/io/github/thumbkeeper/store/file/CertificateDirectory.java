/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.DirectoryReader.Part;
import io.github.thumbkeeper.store.file.DirectoryReader.Scan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A directory of PEM and DER files, read as a whole: one bad file, and nothing is read. Used by one thread at a time. */
public final class CertificateDirectory implements CertificateFiles {

    private final DirectoryReader<Reading> reader;

    CertificateDirectory(String name, Path path) {
        reader = new DirectoryReader<>(name, path, CertificateFile::readPemOrDer);
    }

    @Override
    public Reading read(@Nullable Reading previous) throws StoreException {
        Map<String, Part<Reading>> before = previous == null ? Map.of() : ((State) previous.state()).parts();
        Scan<Reading> scan = reader.scan(before);
        if (!scan.failures().isEmpty()) {
            throw StoreException.ofParts(reader.name(), scan.failures().values());
        }
        return previous != null && scan.parts().equals(before) ? previous : reading(scan.parts());
    }

    private Reading reading(Map<String, Part<Reading>> parts) {
        List<NamedCertificate> certificates = new ArrayList<>();
        List<String> warnings = new ArrayList<>(FilePaths.writableByAll(reader.name(), reader.path()));
        for (Part<Reading> part : parts.values()) {
            certificates.addAll(part.value().certificates());
            warnings.addAll(part.value().warnings());
        }
        return new Reading(certificates, warnings, new State(parts));
    }

    private record State(Map<String, Part<Reading>> parts) {}
}
