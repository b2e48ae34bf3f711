/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CheckedCertificate;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.entry.CertificateSink;
import io.github.thumbkeeper.store.entry.NamedCertificate;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of a key store, and the aliases of its keys.
 *
 * <p>Immutable and thread-safe.
 *
 * @param certificates the certificates by alias: the trusted ones, and on request those of private keys
 * @param keys the aliases of the entries that do not count
 */
public record KeyStoreEntries(List<NamedCertificate> certificates, List<String> keys) {

    /**
     * Reads a key store twice and compares: another thread may make a live key store read its files again in between.
     *
     * @param includeKeyEntries whether the certificates of private keys count
     * @return the entries, or null if the key store changed meanwhile or an alias has no certificate
     */
    public static @Nullable KeyStoreEntries read(KeyStore keyStore, boolean includeKeyEntries)
            throws KeyStoreException {
        KeyStoreEntries first = readOnce(keyStore, includeKeyEntries);
        KeyStoreEntries second = readOnce(keyStore, includeKeyEntries);
        return first != null && first.equals(second) ? second : null;
    }

    /** Reads a key store that only this thread uses; returns null if an alias has no certificate. */
    static @Nullable KeyStoreEntries readOnce(KeyStore keyStore, boolean includeKeyEntries) throws KeyStoreException {
        List<NamedCertificate> certificates = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (String alias : Collections.list(keyStore.aliases())) {
            boolean key = keyStore.isKeyEntry(alias);
            Certificate certificate = key && !includeKeyEntries ? null : keyStore.getCertificate(alias);
            if (certificate != null) {
                certificates.add(new NamedCertificate(alias, requireX509(alias, certificate)));
            } else if (key) {
                keys.add(alias);
            } else {
                return null;
            }
        }
        return new KeyStoreEntries(certificates, keys);
    }

    /**
     * Refuses certificates that the JDK parses only in part.
     *
     * @throws StoreException if there is such a certificate
     */
    public KeyStoreEntries requireSound(String store) throws StoreException {
        addTo((name, certificate) -> {}, store);
        return this;
    }

    /**
     * Passes all certificates to a sink.
     *
     * @throws StoreException if the JDK has parsed one only in part
     */
    void addTo(CertificateSink sink, String store) throws StoreException {
        for (NamedCertificate each : certificates) {
            try {
                sink.add(each.name(), CheckedCertificate.of(each.certificate()));
            } catch (CertificateFormatException e) {
                String alias = SafeText.quoted(String.valueOf(each.name()));
                throw new StoreException(
                        store, "has under alias " + alias + " a certificate that " + e.getMessage(), e);
            }
        }
    }

    boolean isEmpty() {
        return certificates.isEmpty() && keys.isEmpty();
    }

    /** Returns a warning for each key that does not count. */
    public List<String> warnings(String store) {
        return keys.stream()
                .map(alias -> "store [" + store + "] has a private or secret key under " + SafeText.quoted(alias)
                        + "; it does not count: only trusted certificate entries do, and with includeKeyEntries=true"
                        + " the certificates of private keys")
                .toList();
    }

    private static X509Certificate requireX509(String alias, Certificate certificate) throws KeyStoreException {
        if (certificate instanceof X509Certificate x509) {
            return x509;
        }
        throw new KeyStoreException(
                "alias " + SafeText.quoted(alias) + " is a " + certificate.getType() + " certificate, not X.509");
    }
}
