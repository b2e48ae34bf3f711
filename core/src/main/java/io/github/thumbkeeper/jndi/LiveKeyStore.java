/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;

/** A loaded key store over {@link LiveCertificates}; a {@link KeyStore}, so that every class loader knows its type. */
final class LiveKeyStore extends KeyStore {

    /** Type by which {@link KeyStoreFactory#isMadeHere} recognises it across class loaders. */
    static final String TYPE = "Thumbkeeper";

    LiveKeyStore(LiveCertificates certificates) {
        super(new LiveKeyStoreSpi(certificates), new NamedProvider(), TYPE);
        try {
            load(null);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a key store that reads nothing cannot fail to load", e);
        }
    }

    /** A provider in name only: it is never registered and offers no services. */
    private static final class NamedProvider extends Provider {
        private static final long serialVersionUID = 1L;

        NamedProvider() {
            super(TYPE, "1", "Certificates that follow their files");
        }
    }
}
