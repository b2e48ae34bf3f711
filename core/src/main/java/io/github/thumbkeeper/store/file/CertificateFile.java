/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.pem.CertificateReader;
import io.github.thumbkeeper.certificate.pem.FileFormats;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.ContentFormat;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.CertificateSink;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Loads the certificates of a file: a key store, PEM or DER, recognised by its content.
 *
 * <p>Not thread-safe.
 */
public final class CertificateFile implements Loader<List<NamedCertificate>> {

    private final StoreFile file;
    private final KeyStoreOptions options;
    private final FileWatch watch;

    /** Creates a loader that looks at the file by a given watch. */
    CertificateFile(String name, Path path, KeyStoreOptions options, FileWatch watch) {
        this.file = new StoreFile(name, path);
        this.options = options;
        this.watch = watch;
    }

    /**
     * Returns a loader for the certificates of a file or of a directory of PEM and DER files. Decides now which of the two
     * it is; nothing is read yet.
     *
     * @param name the path as messages name it
     */
    public static Loader<List<NamedCertificate>> at(String name, Path path, KeyStoreOptions options) {
        return Files.isDirectory(path)
                ? new CertificateDirectory(name, path)
                : new CertificateFile(
                        name, path, options, new FileWatch(path, FileSystemAccess.OF_PATH, System::nanoTime));
    }

    @Override
    public String location() {
        return file.name();
    }

    @Override
    public Loaded<List<NamedCertificate>> load(@Nullable Loaded<List<NamedCertificate>> previous)
            throws StoreException {
        boolean unchanged = watch.isUnchanged(previous);
        if (previous != null && unchanged) {
            return previous;
        }
        Loaded<List<NamedCertificate>> now = read(previous);
        watch.read(now);
        return now;
    }

    private Loaded<List<NamedCertificate>> read(@Nullable Loaded<List<NamedCertificate>> previous)
            throws StoreException {
        if (previous != null && file.hash().equals(previous.state())) {
            return previous;
        }
        StoreFile.Content content = file.read();
        List<NamedCertificate> certificates = new ArrayList<>();
        List<String> warnings = read(
                file,
                content,
                options,
                (name, certificate) -> certificates.add(new NamedCertificate(name, certificate.parsed())));
        return new Loaded<>(List.copyOf(certificates), warnings, List.of(), content.hash());
    }

    /** Passes the certificates of a file of any kind to a sink and returns the warnings. */
    static List<String> read(StoreFile file, StoreFile.Content content, KeyStoreOptions options, CertificateSink sink)
            throws StoreException {
        FileKind kind = FileKind.of(content.bytes());
        if (!kind.isKeyStore()) {
            return certificates(file, kind, content.bytes(), sink);
        }
        List<String> warnings = new ArrayList<>(FilePaths.writableByAll(file.name(), file.path()));
        KeyStoreEntries entries = new KeyStoreFile(file.name(), kind, content.bytes(), options).read();
        entries.addTo(sink, file.name());
        warnings.addAll(entries.warnings(file.name()));
        return warnings;
    }

    /** Passes the certificates of a PEM or DER file, the kinds allowed in a directory, to a sink and returns the warnings. */
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
                    FileFormats.of(bytes)
                            .map(ContentFormat::sentence)
                            .orElse("holds no certificate; expected PEM, DER, a key store or, in the setting store, a"
                                    + " thumbprint list"),
                    null);
        }
        try {
            String stem = FilePaths.stem(file.path());
            List<String> warnings = new ArrayList<>(FilePaths.writableByAll(file.name(), file.path()));
            CertificateReader.readEach(bytes, certificate -> sink.add(stem, certificate))
                    .forEach(warning -> warnings.add("store [" + file.name() + "] " + warning));
            return warnings;
        } catch (CertificateFormatException e) {
            throw new StoreException(file.name(), String.valueOf(e.getMessage()), e);
        }
    }
}
