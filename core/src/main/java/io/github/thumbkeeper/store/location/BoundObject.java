/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.KeyStoreEntries;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of an object bound in JNDI, copied out of it.
 *
 * @param certificates the certificates; those of a key store under their aliases
 * @param warnings what the administrator should know, each a sentence
 */
record BoundObject(List<NamedCertificate> certificates, List<String> warnings) {

    static final String EXPECTED = "java.security.KeyStore, java.security.cert.X509Certificate, an array or Collection"
            + " of it, javax.sql.DataSource, javax.naming.directory.DirContext, or String or URL with the location of a"
            + " store";

    private static final int RETRIES = 3;

    /** Returns whether the object may be one that certificates are copied out of. */
    static boolean mayBe(Object bound) {
        return bound instanceof KeyStore
                || bound instanceof X509Certificate
                || bound instanceof X509Certificate[]
                || bound instanceof Collection<?>;
    }

    static BoundObject of(String store, Object bound, boolean includeKeyEntries) throws StoreException {
        if (bound instanceof KeyStore keyStore) {
            KeyStoreEntries entries =
                    entries(store, keyStore, includeKeyEntries).requireSound(store);
            return new BoundObject(entries.certificates(), entries.warnings(store));
        }
        return new BoundObject(certificates(store, elements(store, bound)), List.of());
    }

    /** A live key store may change between two calls; what it says before and after must agree. */
    private static KeyStoreEntries entries(String store, KeyStore keyStore, boolean includeKeyEntries)
            throws StoreException {
        try {
            for (int attempt = 0; attempt <= RETRIES; attempt++) {
                KeyStoreEntries entries = KeyStoreEntries.read(keyStore, includeKeyEntries);
                if (entries != null) {
                    return entries;
                }
            }
        } catch (KeyStoreException | RuntimeException e) {
            throw new StoreException(
                    store,
                    "is a key store that cannot be read: " + LoggableFailure.describe(e),
                    LoggableFailure.ifSecret(e));
        }
        throw new StoreException(
                store, "is a key store that changes while it is read, or has an alias without certificate", null);
    }

    private static List<?> elements(String store, Object bound) throws StoreException {
        if (bound instanceof X509Certificate certificate) {
            return List.of(certificate);
        }
        if (bound instanceof X509Certificate[] array) {
            return Arrays.asList(array.clone());
        }
        if (bound instanceof Collection<?> collection) {
            return Arrays.asList(collection.toArray());
        }
        throw StoreException.misconfigured(store, "finds " + describe(bound) + " bound; expected " + EXPECTED);
    }

    private static List<NamedCertificate> certificates(String store, List<?> elements) throws StoreException {
        List<NamedCertificate> certificates = new ArrayList<>();
        for (Object element : elements) {
            if (!(element instanceof X509Certificate certificate)) {
                throw new StoreException(
                        store,
                        "holds " + describe(element) + " as element " + certificates.size()
                                + "; each must be a java.security.cert.X509Certificate",
                        null);
            }
            requireSound(store, certificates.size(), certificate);
            certificates.add(new NamedCertificate(null, certificate));
        }
        return certificates;
    }

    private static void requireSound(String store, int index, X509Certificate certificate) throws StoreException {
        try {
            CertificateSyntax.require(certificate);
        } catch (CertificateFormatException e) {
            throw new StoreException(store, "holds as element " + index + " a certificate that " + e.getMessage(), e);
        }
    }

    /** Says of which class loader the class is too: two classes of one name are the usual riddle here. */
    private static String describe(@Nullable Object object) {
        if (object == null) {
            return "null";
        }
        ClassLoader loader = object.getClass().getClassLoader();
        return "a " + SafeText.quoted(object.getClass().getName()) + " of class loader "
                + SafeText.quoted(loader == null ? "of the JDK" : loader.toString());
    }
}
