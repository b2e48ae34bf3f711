/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import io.github.thumbkeeper.store.Loader;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.CertificateFile;
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
 * Binds certificates to a JNDI name as a {@link KeyStore} that follows its files: a key store file, a PEM or DER file, or a
 * directory of PEM and DER files.
 *
 * <p>In Tomcat, within {@code GlobalNamingResources} of {@code conf/server.xml} or within a {@code Context}:
 *
 * <pre>{@code
 * <Resource name="cert/clients" type="java.security.KeyStore"
 *           factory="io.github.thumbkeeper.jndi.KeyStoreFactory"
 *           path="conf/clients.p12" passwordFile="conf/store-password"/>
 * }</pre>
 *
 * <p>Its attributes, which other containers put into the naming environment:
 *
 * <ul>
 *   <li>{@code path}: the file or directory; a relative path is relative to {@code catalina.base}
 *   <li>{@code password} or {@code passwordFile}: for a key store file; empty for one with the empty password or without any
 *   <li>{@code includeKeyEntries}: {@code true} to bind the certificates of private keys too
 *   <li>{@code allowEmpty}: {@code true} to bind a store without certificates
 * </ul>
 *
 * <p>{@link KeyStore#aliases()} reads the files again if they have changed; the calls that follow answer from the same
 * moment. If the files cannot be read, it throws a {@link java.security.ProviderException}. The key store holds certificates
 * only and is read-only.
 *
 * <p>Thread-safe, and so are its key stores.
 *
 * @see DirContextFactory
 * @see <a href="https://tomcat.apache.org/tomcat-10.1-doc/config/context.html#Resource_Definitions">Resources in Tomcat</a>
 */
public final class KeyStoreFactory implements ObjectFactory {

    private static final List<String> EXPECTED = List.of(
            Attributes.PATH,
            Attributes.PASSWORD,
            Attributes.PASSWORD_FILE,
            Attributes.ALLOW_EMPTY,
            Attributes.INCLUDE_KEY_ENTRIES);

    /** Creates the factory; called by the container. */
    public KeyStoreFactory() {}

    /**
     * Returns whether an object is a key store of this factory, or of its copy in another class loader. Such a key store
     * follows its files, so a caller may keep it.
     */
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
        Loader<List<NamedCertificate>> files = CertificateFile.at(path.toString(), path, options(attributes));
        LiveCertificates live = new LiveCertificates(attributes.resource(), files);
        if (live.current().isEmpty() && !attributes.flag(Attributes.ALLOW_EMPTY)) {
            throw attributes.problem(
                    Attributes.PATH,
                    "store [" + path + "] has 0 certificates; set allowEmpty=true to bind it all the same",
                    null);
        }
        return new LiveKeyStore(live);
    }

    private static KeyStoreOptions options(Attributes attributes) throws NamingException {
        return new KeyStoreOptions(attributes.password(), attributes.flag(Attributes.INCLUDE_KEY_ENTRIES));
    }
}
