/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import io.github.thumbkeeper.certificate.text.TextOrigin;
import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import io.github.thumbkeeper.message.LoggableFailure;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.message.SecretText;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import io.github.thumbkeeper.store.file.KeyStoreEntries;
import io.github.thumbkeeper.store.file.KeyStoreVersion;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.naming.directory.DirContext;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** An object that is bound in JNDI, by its kind. */
sealed interface BoundObject {

    /** The supported types, for messages. */
    String EXPECTED = "java.security.KeyStore, java.security.cert.X509Certificate, an array or Collection"
            + " of it, javax.sql.DataSource, javax.naming.directory.DirContext, or String or URL with the location of a"
            + " store";

    /**
     * Determines the kind of an object.
     *
     * @param store the store as the settings name it
     * @throws StoreException if its type is not supported, or if it is a text or URL that is not a path
     */
    static BoundObject of(String store, Object bound) throws StoreException {
        if (bound instanceof URL url) {
            return new PathText(PathText.ofUrl(store, url.toExternalForm()));
        }
        if (bound instanceof String text) {
            return new PathText(PathText.ofText(store, text.strip()));
        }
        if (bound instanceof KeyStore keyStore) {
            return new Keys(keyStore);
        }
        List<?> elements = elements(bound);
        if (elements != null) {
            return new Certificates(elements);
        }
        if (bound instanceof DirContext context) {
            return new Directory(context);
        }
        if (isDatabase(store, bound)) {
            return new Database(bound);
        }
        throw unsupported(store, bound);
    }

    private static @Nullable List<?> elements(Object bound) {
        if (bound instanceof X509Certificate certificate) {
            return List.of(certificate);
        }
        if (bound instanceof X509Certificate[] array) {
            return Arrays.asList(array.clone());
        }
        return bound instanceof Collection<?> collection ? Arrays.asList(collection.toArray()) : null;
    }

    private static boolean isDatabase(String store, Object bound) throws StoreException {
        try {
            return bound instanceof DataSource;
        } catch (NoClassDefFoundError e) {
            throw StoreException.misconfigured(
                    store,
                    "finds a " + SafeText.quoted(bound.getClass().getName()) + " bound; expected " + EXPECTED
                            + "; but this Java runtime lacks the module java.sql, which javax.sql.DataSource needs");
        }
    }

    /**
     * Copies the certificates out of the object.
     *
     * @param store the store as the settings name it
     * @param includeKeyEntries whether the certificates of private keys count
     * @throws StoreException if it cannot be read completely, or is not an object with certificates
     */
    Loaded<List<NamedCertificate>> copy(String store, boolean includeKeyEntries) throws StoreException;

    private static Loaded<List<NamedCertificate>> loaded(List<NamedCertificate> certificates, List<String> warnings) {
        return new Loaded<>(List.copyOf(certificates), warnings, List.of(), BoundObject.class);
    }

    private static StoreException unsupported(String store, Object bound) {
        return StoreException.misconfigured(store, "finds " + describe(bound) + " bound; expected " + EXPECTED);
    }

    /** Describes an object by its class and class loader: a type may exist twice, which is hard to see otherwise. */
    private static String describe(@Nullable Object object) {
        if (object == null) {
            return "null";
        }
        ClassLoader loader = object.getClass().getClassLoader();
        return "a " + SafeText.quoted(object.getClass().getName()) + " of class loader "
                + SafeText.quoted(loader == null ? "of the JDK" : loader.toString());
    }

    /** An LDAP directory. */
    record Directory(DirContext context) implements BoundObject {
        @Override
        public Loaded<List<NamedCertificate>> copy(String store, boolean includeKeyEntries) throws StoreException {
            throw unsupported(store, context);
        }
    }

    /** A database: a {@link DataSource}, whose class is missing in a Java runtime without the module java.sql. */
    record Database(Object source) implements BoundObject {
        @Override
        public Loaded<List<NamedCertificate>> copy(String store, boolean includeKeyEntries) throws StoreException {
            throw unsupported(store, source);
        }
    }

    /** A key store. */
    record Keys(KeyStore keyStore) implements BoundObject {

        private static final int RETRIES = 3;

        @Override
        public Loaded<List<NamedCertificate>> copy(String store, boolean includeKeyEntries) throws StoreException {
            KeyStoreEntries entries = entries(store, includeKeyEntries).requireSound(store);
            return loaded(entries.certificates(), entries.warnings(store));
        }

        /**
         * Returns the version of a key store that has one.
         *
         * @throws StoreException if its files cannot be read
         */
        Optional<Object> version(String store) throws StoreException {
            try {
                return KeyStoreVersion.of(keyStore);
            } catch (RuntimeException e) {
                throw unreadable(store, e);
            }
        }

        private static StoreException unreadable(String store, Exception e) {
            return new StoreException(
                    store,
                    "is a key store that cannot be read: " + LoggableFailure.describeAll(e),
                    LoggableFailure.ifSecret(e));
        }

        /** Retries, because a live key store may change while it is read. */
        private KeyStoreEntries entries(String store, boolean includeKeyEntries) throws StoreException {
            try {
                for (int attempt = 0; attempt <= RETRIES; attempt++) {
                    KeyStoreEntries entries = KeyStoreEntries.read(keyStore, includeKeyEntries);
                    if (entries != null) {
                        return entries;
                    }
                }
            } catch (KeyStoreException | RuntimeException e) {
                throw unreadable(store, e);
            }
            throw new StoreException(
                    store, "is a key store that changes while it is read, or has an alias without certificate", null);
        }
    }

    /** X.509 certificates: one, an array or a collection. */
    record Certificates(List<?> elements) implements BoundObject {

        @Override
        public Loaded<List<NamedCertificate>> copy(String store, boolean includeKeyEntries) throws StoreException {
            List<NamedCertificate> certificates = new ArrayList<>();
            for (Object element : elements) {
                if (!(element instanceof X509Certificate certificate)) {
                    throw new StoreException(
                            store,
                            "has " + describe(element) + " as element " + certificates.size()
                                    + "; expected a java.security.cert.X509Certificate",
                            null);
                }
                requireSound(store, certificates.size(), certificate);
                certificates.add(new NamedCertificate(null, certificate));
            }
            return loaded(certificates, List.of());
        }

        private static void requireSound(String store, int index, X509Certificate certificate) throws StoreException {
            try {
                CertificateSyntax.require(certificate);
            } catch (CertificateFormatException e) {
                throw new StoreException(store, "has as element " + index + " a certificate that " + e.getMessage(), e);
            }
        }
    }

    /** A text or URL with a path: never another JNDI name, never another machine. */
    record PathText(String text) implements BoundObject {
        @Override
        public Loaded<List<NamedCertificate>> copy(String store, boolean includeKeyEntries) throws StoreException {
            throw unsupported(store, text);
        }

        private static final Pattern JNDI_NAME = Pattern.compile("(?i)(java|jndi):.*");
        private static final Pattern URL_FORM = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
        private static final Pattern SCHEME_OF_URL = Pattern.compile("(?i)(file|jar|jdbc|classpath|vfs|jrt):");
        private static final Pattern FILE_URL = Pattern.compile("(?i)file:.*");

        private static String ofText(String store, String text) throws StoreException {
            if (text.isEmpty()) {
                throw StoreException.misconfigured(
                        store, "finds an empty text bound; expected the location of a store");
            }
            if (JNDI_NAME.matcher(text).matches()) {
                throw StoreException.misconfigured(
                        store,
                        "finds the JNDI name " + SafeText.quoted(text)
                                + " bound; a name must not lead to another name");
            }
            return URL_FORM.matcher(text).matches() ? ofUrl(store, text) : text;
        }

        private static String ofUrl(String store, String url) throws StoreException {
            if (FILE_URL.matcher(url).matches()) {
                try {
                    return Path.of(URI.create(url)).toString();
                } catch (RuntimeException e) {
                    throw refused(store, url);
                }
            }
            throw refused(store, url);
        }

        /** Shows only what is certainly a URL: a password may contain a colon. */
        private static String shown(String url) {
            boolean plain = url.contains("://") || SCHEME_OF_URL.matcher(url).lookingAt();
            return plain ? SecretText.quoted(url) : TextOrigin.unshown(url);
        }

        private static StoreException refused(String store, String url) {
            return StoreException.misconfigured(
                    store,
                    "finds the URL " + shown(url) + " bound; expected a file: URL of this machine,"
                            + " or a database as a javax.sql.DataSource");
        }
    }
}
