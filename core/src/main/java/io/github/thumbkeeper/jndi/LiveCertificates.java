/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.CertificateFiles;
import io.github.thumbkeeper.store.file.CertificateFiles.Reading;
import java.security.ProviderException;

/**
 * The certificates of a file or directory, read again on request.
 *
 * <p>Thread-safe.
 */
final class LiveCertificates {

    private static final System.Logger LOGGER = System.getLogger(KeyStoreFactory.class.getName());

    private final String resource;
    private final CertificateFiles files;
    private volatile Snapshot snapshot;

    private record Snapshot(Reading reading, AliasTable aliases) {}

    LiveCertificates(String resource, CertificateFiles files) throws StoreException {
        this.resource = resource;
        this.files = files;
        this.snapshot = snapshot(files.read(null));
    }

    /** Returns the certificates of the last read. */
    AliasTable current() {
        return snapshot.aliases();
    }

    /**
     * Reads the files again if they have changed and returns the certificates.
     *
     * @throws ProviderException if they cannot be read completely; {@link #current()} stays as it was
     */
    synchronized AliasTable refreshed() {
        try {
            Reading now = files.read(snapshot.reading());
            if (!now.equals(snapshot.reading())) {
                snapshot = snapshot(now);
            }
            return snapshot.aliases();
        } catch (StoreException e) {
            throw new ProviderException("resource [" + resource + "]: [path] " + e.getMessage(), e);
        }
    }

    private Snapshot snapshot(Reading reading) {
        reading.warnings().forEach(it -> LOGGER.log(System.Logger.Level.WARNING, "resource [{0}]: {1}", resource, it));
        return new Snapshot(reading, AliasTable.of(reading.certificates()));
    }
}
