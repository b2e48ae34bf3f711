/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.CertificateFiles;
import io.github.thumbkeeper.store.file.KeyStoreOptions;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Context;
import javax.naming.Name;
import javax.naming.NamingException;
import javax.naming.spi.ObjectFactory;
import org.jspecify.annotations.Nullable;

/**
 * Binds the certificates of a key store file, a PEM or DER file or a directory of such files to a JNDI name, as a
 * {@link java.security.KeyStore} that stays fresh.
 *
 * <p>Attributes, of the Reference or of the naming environment: {@code path}; {@code password} or {@code passwordFile}
 * for a key store file; {@code includeKeyEntries}, {@code true} to bind the certificates of its private keys
 * too; {@code allowEmpty}, {@code true} to bind it although there is no certificate. A relative path is
 * relative to {@code catalina.base}. The key store holds certificates only and cannot be changed. Whoever calls
 * {@link java.security.KeyStore#aliases()} sees the files as they are then, and what is asked afterwards is answered from
 * that moment; if a file cannot be read then, it throws {@link java.security.ProviderException}. Both the factory and its
 * key stores are safe for use by several threads.
 */
public final class KeyStoreFactory implements ObjectFactory {

    private static final List<String> EXPECTED = List.of(
            Attributes.PATH,
            Attributes.PASSWORD,
            Attributes.PASSWORD_FILE,
            Attributes.ALLOW_EMPTY,
            Attributes.INCLUDE_KEY_ENTRIES);

    /** Makes the factory; containers call this. */
    public KeyStoreFactory() {}

    /** Returns whether an object is a key store that such a factory has made, in whatever class loader: it stays fresh by itself. */
    public static boolean isMadeHere(@Nullable Object bound) {
        return bound instanceof KeyStore keys && keys.getType().equals(LiveKeyStore.TYPE);
    }

    /**
     * Reads the files and returns the key store.
     *
     * @throws NamingException if the attributes are wrong or the files cannot be read; the message says which and why
     */
    @Override
    public Object getObjectInstance(
            @Nullable Object reference,
            @Nullable Name name,
            @Nullable Context context,
            @Nullable Hashtable<?, ?> environment)
            throws NamingException {
        Attributes attributes = Attributes.of(EXPECTED, reference, name, environment);
        try {
            return keyStore(attributes);
        } catch (StoreException e) {
            throw attributes.problem(Attributes.PATH, String.valueOf(e.getMessage()), e);
        }
    }

    private static LiveKeyStore keyStore(Attributes attributes) throws NamingException, StoreException {
        Path path = attributes.requirePath();
        CertificateFiles files = CertificateFiles.at(path.toString(), path, options(attributes));
        LiveCertificates live = new LiveCertificates(attributes.resource(), files);
        if (live.current().isEmpty() && !attributes.flag(Attributes.ALLOW_EMPTY)) {
            throw attributes.problem(
                    Attributes.PATH, "store [" + path + "] holds 0 certificates; allowEmpty=true accepts that", null);
        }
        return new LiveKeyStore(live);
    }

    private static KeyStoreOptions options(Attributes attributes) throws NamingException {
        return new KeyStoreOptions(attributes.password(), attributes.flag(Attributes.INCLUDE_KEY_ENTRIES));
    }
}
