/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Map;

/** Makes key stores that hold trusted certificates and no key. */
public final class TestKeyStores {
    private TestKeyStores() {}

    /** Writes a store of the type ({@code PKCS12} or {@code JKS}) with these certificates under these aliases. */
    public static void writeTrusted(
            Path file, String type, String password, Map<String, X509Certificate> certificates) {
        try (OutputStream out = Files.newOutputStream(file)) {
            filled(type, certificates).store(out, password.toCharArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot write a key store of the type " + type, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A PKCS #12 store in memory with these certificates under these aliases. */
    public static KeyStore trusted(Map<String, X509Certificate> certificates) {
        try {
            return filled("PKCS12", certificates);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Cannot build a key store", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyStore filled(String type, Map<String, X509Certificate> certificates)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(type);
        store.load(null, null);
        for (Map.Entry<String, X509Certificate> entry : certificates.entrySet()) {
            store.setCertificateEntry(entry.getKey(), entry.getValue());
        }
        return store;
    }
}
