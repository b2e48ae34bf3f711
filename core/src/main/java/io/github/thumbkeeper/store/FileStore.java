/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One file: a key store, PEM or DER, told by its content.
 *
 * <p>The label is the alias, in PEM and DER the file name without extension, cut at the first {@code #}. A change is
 * noticed by the SHA-256 of the content.
 */
public final class FileStore implements CertificateStore {

    private final StoreFile file;
    private final StorePassword password;
    private final InstantSource clock;

    /**
     * Names a file; nothing is read yet.
     *
     * @param password opens a key store
     * @param clock tells which certificates to warn of as expired
     */
    public FileStore(String location, Path path, StorePassword password, InstantSource clock) {
        this.file = new StoreFile(location, path);
        this.password = password;
        this.clock = clock;
    }

    @Override
    public String location() {
        return file.name();
    }

    @Override
    public Contents load(@Nullable Contents previous) throws StoreException {
        if (previous != null && file.hash().equals(previous.state())) {
            return previous;
        }
        StoreFile.Content content = file.read();
        FileEntries read = parse(content);
        return new Contents(read.entries(), read.warnings(), List.of(), content.hash());
    }

    private FileEntries parse(StoreFile.Content content) throws StoreException {
        if (FileKind.of(content.bytes()) == FileKind.TEXT) {
            return parseList();
        }
        CertificateFiles.Reading reading = CertificateFile.read(file, content, password);
        return FileEntries.of(location(), reading, clock.instant());
    }

    private FileEntries parseList() throws StoreException {
        throw new StoreException(
                location(), "is text without a certificate; accepted are PEM, DER and key stores", null);
    }
}
