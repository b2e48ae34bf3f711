/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.certificate.CertificateFormatException;
import io.github.thumbkeeper.certificate.CertificateReader;
import io.github.thumbkeeper.certificate.Certificates;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file of certificates: a key store, PEM or DER, told by its content.
 *
 * <p>Used by one thread at a time.
 */
public final class CertificateFile implements CertificateFiles {

    private final StoreFile file;
    private final StoreOptions options;

    /** Names a file; nothing is read yet. */
    public CertificateFile(String name, Path path, StoreOptions options) {
        this.file = new StoreFile(name, path);
        this.options = options;
    }

    @Override
    public Reading read(@Nullable Reading previous) throws StoreException {
        if (previous != null && file.hash().equals(previous.state())) {
            return previous;
        }
        return read(file, file.read(), options);
    }

    static Reading read(StoreFile file, StoreFile.Content content, StoreOptions options) throws StoreException {
        FileKind kind = FileKind.of(content.bytes());
        List<String> warnings = new ArrayList<>(PathRules.writableByAll(file.name(), file.path()));
        List<NamedCertificate> certificates;
        if (kind.isKeyStore()) {
            KeyStoreEntries entries = new KeyStoreFile(file.name(), kind, content.bytes(), options).read();
            certificates = entries.certificates();
            warnings.addAll(entries.warnings(file.name()));
        } else {
            certificates = certificates(file, kind, content.bytes(), warnings);
        }
        return new Reading(certificates, warnings, content.hash());
    }

    static Reading readPemOrDer(StoreFile file, StoreFile.Content content) throws StoreException {
        FileKind kind = FileKind.of(content.bytes());
        if (kind.isKeyStore()) {
            throw new StoreException(
                    file.name(),
                    "looks like a " + kind + " key store; in a directory only PEM and DER are accepted",
                    null);
        }
        List<String> warnings = new ArrayList<>(PathRules.writableByAll(file.name(), file.path()));
        return new Reading(certificates(file, kind, content.bytes(), warnings), warnings, content.hash());
    }

    private static List<NamedCertificate> certificates(
            StoreFile file, FileKind kind, byte[] bytes, List<String> warnings) throws StoreException {
        if (kind != FileKind.CERTIFICATES) {
            throw new StoreException(
                    file.name(),
                    "holds no certificate; accepted are PEM, DER, key stores and, in the setting store, lists of thumbprints",
                    null);
        }
        try {
            Certificates read = CertificateReader.readAll(bytes);
            read.warnings().forEach(warning -> warnings.add("store [" + file.name() + "] " + warning));
            String stem = PathRules.stem(file.path());
            return read.certificates().stream()
                    .map(it -> new NamedCertificate(stem, it))
                    .toList();
        } catch (CertificateFormatException e) {
            throw new StoreException(file.name(), String.valueOf(e.getMessage()), e);
        }
    }
}
