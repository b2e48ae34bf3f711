/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.CertificateSink;
import io.github.thumbkeeper.store.entry.NamedCertificate;
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
    private final KeyStoreOptions options;

    /** Names a file; nothing is read yet. */
    public CertificateFile(String name, Path path, KeyStoreOptions options) {
        this.file = new StoreFile(name, path);
        this.options = options;
    }

    @Override
    public Reading read(@Nullable Reading previous) throws StoreException {
        if (previous != null && file.hash().equals(previous.state())) {
            return previous;
        }
        StoreFile.Content content = file.read();
        List<NamedCertificate> certificates = new ArrayList<>();
        List<String> warnings = read(file, content, options, certificates::add);
        return new Reading(certificates, warnings, content.hash());
    }

    /** Gives the certificates to the sink and returns the warnings. */
    static List<String> read(StoreFile file, StoreFile.Content content, KeyStoreOptions options, CertificateSink sink)
            throws StoreException {
        FileKind kind = FileKind.of(content.bytes());
        if (!kind.isKeyStore()) {
            return certificates(file, kind, content.bytes(), sink);
        }
        List<String> warnings = new ArrayList<>(FilePaths.writableByAll(file.name(), file.path()));
        KeyStoreEntries entries = new KeyStoreFile(file.name(), kind, content.bytes(), options).read();
        for (NamedCertificate certificate : entries.certificates()) {
            sink.add(certificate);
        }
        warnings.addAll(entries.warnings(file.name()));
        return warnings;
    }

    static Reading readPemOrDer(StoreFile file, StoreFile.Content content) throws StoreException {
        List<NamedCertificate> certificates = new ArrayList<>();
        List<String> warnings = readPemOrDer(file, content, certificates::add);
        return new Reading(certificates, warnings, content.hash());
    }

    /** Gives the certificates of a file in a directory to the sink and returns the warnings. */
    static List<String> readPemOrDer(StoreFile file, StoreFile.Content content, CertificateSink sink)
            throws StoreException {
        FileKind kind = FileKind.of(content.bytes());
        if (kind.isKeyStore()) {
            throw new StoreException(
                    file.name(), "looks like a " + kind + " key store; expected PEM or DER in a directory", null);
        }
        return certificates(file, kind, content.bytes(), sink);
    }

    private static List<String> certificates(StoreFile file, FileKind kind, byte[] bytes, CertificateSink sink)
            throws StoreException {
        if (kind != FileKind.CERTIFICATES) {
            throw new StoreException(
                    file.name(),
                    "holds no certificate; expected PEM, DER, a key store or, in the setting store, a thumbprint list",
                    null);
        }
        try {
            String stem = FilePaths.stem(file.path());
            List<String> warnings = new ArrayList<>(FilePaths.writableByAll(file.name(), file.path()));
            CertificateReader.readEach(bytes, certificate -> sink.add(new NamedCertificate(stem, certificate)))
                    .forEach(warning -> warnings.add("store [" + file.name() + "] " + warning));
            return warnings;
        } catch (CertificateFormatException e) {
            throw new StoreException(file.name(), String.valueOf(e.getMessage()), e);
        }
    }
}
