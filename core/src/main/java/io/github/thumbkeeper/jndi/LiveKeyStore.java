/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;

/** A key store of the JDK's own type over live certificates, loaded already. */
final class LiveKeyStore extends KeyStore {

    /** By the type it is known in every class loader. */
    static final String TYPE = "Thumbkeeper";

    LiveKeyStore(LiveCertificates certificates) {
        super(new LiveKeyStoreSpi(certificates), new NamedProvider(), TYPE);
        try {
            load(null);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("a key store that reads nothing cannot fail to load", e);
        }
    }

    /** Only a name: it is never registered and offers nothing. */
    private static final class NamedProvider extends Provider {
        private static final long serialVersionUID = 1L;

        NamedProvider() {
            super(TYPE, "1", "Certificates that stay fresh");
        }
    }
}
