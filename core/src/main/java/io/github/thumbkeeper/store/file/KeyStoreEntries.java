/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.file;

import io.github.thumbkeeper.certificate.x509.CertificateFormatException;
import io.github.thumbkeeper.certificate.x509.CertificateSyntax;
import io.github.thumbkeeper.message.SafeText;
import io.github.thumbkeeper.store.StoreException;
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
 * What counts of a key store, and the aliases of what does not.
 *
 * @param certificates the certificates under their aliases: the trusted ones, and if wanted those of private keys
 * @param keys the aliases of the other entries
 */
public record KeyStoreEntries(List<NamedCertificate> certificates, List<String> keys) {

    /**
     * Returns the entries, or null if the key store changed while they were read or lacks a certificate it names. They are
     * read twice: another reader of the same live key store may have made it look at its files in between.
     */
    public static @Nullable KeyStoreEntries read(KeyStore keyStore, boolean includeKeyEntries)
            throws KeyStoreException {
        KeyStoreEntries first = readOnce(keyStore, includeKeyEntries);
        KeyStoreEntries second = readOnce(keyStore, includeKeyEntries);
        return first != null && first.equals(second) ? second : null;
    }

    private static @Nullable KeyStoreEntries readOnce(KeyStore keyStore, boolean includeKeyEntries)
            throws KeyStoreException {
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

    /** Refuses certificates that the JDK reads only in part. */
    public KeyStoreEntries requireSound(String store) throws StoreException {
        for (NamedCertificate each : certificates) {
            try {
                CertificateSyntax.require(each.certificate());
            } catch (CertificateFormatException e) {
                String alias = SafeText.quoted(String.valueOf(each.name()));
                throw new StoreException(
                        store, "holds under alias " + alias + " a certificate that " + e.getMessage(), e);
            }
        }
        return this;
    }

    boolean isEmpty() {
        return certificates.isEmpty() && keys.isEmpty();
    }

    public List<String> warnings(String store) {
        return keys.stream()
                .map(alias -> "store [" + store + "] holds a private or secret key under " + SafeText.quoted(alias)
                        + "; it does not count, only trusted certificate entries do, and with includeKeyEntries=true"
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
