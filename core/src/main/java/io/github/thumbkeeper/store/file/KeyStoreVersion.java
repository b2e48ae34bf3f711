/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import java.security.KeyStore;
import java.security.Provider;
import java.util.Optional;

/**
 * The version of a key store that follows its files. It is an {@link Object} that another one replaces when the certificates
 * change, and a property of the provider: only types of the JDK cross class loaders.
 *
 * <p>Thread-safe.
 */
public final class KeyStoreVersion {

    /** Type of the key stores that have a version. */
    public static final String TYPE = "Thumbkeeper";

    /** Property of the provider whose value is the version. */
    public static final String PROPERTY = "Thumbkeeper.version";

    private KeyStoreVersion() {}

    /**
     * Returns the present version; the key store reads its files for it if they have changed. Empty for a key store of any other
     * origin, which may change without a trace.
     *
     * @throws java.security.ProviderException if the files cannot be read
     */
    public static Optional<Object> of(KeyStore keyStore) {
        Provider provider = TYPE.equals(keyStore.getType()) ? keyStore.getProvider() : null;
        return provider == null ? Optional.empty() : Optional.ofNullable(provider.get(PROPERTY));
    }
}
