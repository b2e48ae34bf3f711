/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import io.github.thumbkeeper.message.LogTopic;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import java.security.ProviderException;
import java.util.List;

/**
 * The certificates of a file or directory, read again on request.
 *
 * <p>Thread-safe.
 */
final class LiveCertificates {

    private final System.Logger logger = LogTopic.STORE.logger();

    private final String resource;
    private final Loader<List<NamedCertificate>> files;
    private volatile Snapshot snapshot;

    private record Snapshot(Loaded<List<NamedCertificate>> loaded, AliasTable aliases, Object version) {}

    LiveCertificates(String resource, Loader<List<NamedCertificate>> files) throws StoreException {
        this.resource = resource;
        this.files = files;
        this.snapshot = snapshot(whole(files.load(null)));
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
    AliasTable refreshed() {
        return refreshedSnapshot().aliases();
    }

    /**
     * Reads the files again if they have changed and returns the version of the certificates, another object after each change.
     *
     * @throws ProviderException if they cannot be read completely
     */
    Object refreshedVersion() {
        return refreshedSnapshot().version();
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged result is recognised by its identity
    private synchronized Snapshot refreshedSnapshot() {
        try {
            Loaded<List<NamedCertificate>> now = whole(files.load(snapshot.loaded()));
            if (now != snapshot.loaded()) {
                snapshot = snapshot(now);
            }
            return snapshot;
        } catch (StoreException e) {
            throw new ProviderException("resource [" + resource + "]: [path] " + e.getMessage(), e);
        }
    }

    /** Requires all files of a directory: the gate that reads this key store keeps the last list, and knows its age. */
    private Loaded<List<NamedCertificate>> whole(Loaded<List<NamedCertificate>> loaded) throws StoreException {
        if (!loaded.failures().isEmpty()) {
            throw StoreException.ofParts(files.location(), loaded.failures());
        }
        return loaded;
    }

    private Snapshot snapshot(Loaded<List<NamedCertificate>> loaded) {
        loaded.warnings().forEach(it -> logger.log(System.Logger.Level.WARNING, "resource [{0}]: {1}", resource, it));
        return new Snapshot(loaded, AliasTable.of(loaded.value()), new Object());
    }
}
