/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import io.github.thumbkeeper.store.file.KeyStoreVersion;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import org.jspecify.annotations.Nullable;

/** A loaded key store over {@link LiveCertificates}; a {@link KeyStore}, so that every class loader knows its type. */
final class LiveKeyStore extends KeyStore {

    /** Type by which {@link KeyStoreFactory#isMadeHere} recognises it across class loaders. */
    static final String TYPE = KeyStoreVersion.TYPE;

    LiveKeyStore(LiveCertificates certificates) {
        super(new LiveKeyStoreSpi(certificates), new NamedProvider(certificates), TYPE);
        try {
            load(null);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a key store that reads nothing cannot fail to load", e);
        }
    }

    /**
     * A provider in name only: it is never registered and offers no services. It has the version of the certificates as a property.
     *
     * @see KeyStoreVersion
     */
    private static final class NamedProvider extends Provider {
        private static final long serialVersionUID = 1L;

        private final transient LiveCertificates certificates;

        NamedProvider(LiveCertificates certificates) {
            super(TYPE, "1", "Certificates that follow their files");
            this.certificates = certificates;
        }

        @Override
        public @Nullable Object get(Object key) {
            return key.equals(KeyStoreVersion.PROPERTY) ? certificates.refreshedVersion() : super.get(key);
        }
    }
}
