/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.jndi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.KeyStoreSpi;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** Serves {@link LiveCertificates}; only {@code aliases()} reads the files again. Read-only. */
final class LiveKeyStoreSpi extends KeyStoreSpi {

    private static final String READ_ONLY = "this key store is read-only; change its files instead";

    private final LiveCertificates certificates;

    LiveKeyStoreSpi(LiveCertificates certificates) {
        this.certificates = certificates;
    }

    @Override
    public Enumeration<String> engineAliases() {
        return Collections.enumeration(certificates.refreshed().aliases());
    }

    @Override
    public @Nullable Certificate engineGetCertificate(String alias) {
        return certificates.current().get(alias);
    }

    @Override
    public boolean engineContainsAlias(String alias) {
        return certificates.current().get(alias) != null;
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
        return engineContainsAlias(alias);
    }

    @Override
    public int engineSize() {
        return certificates.current().aliases().size();
    }

    @Override
    public @Nullable String engineGetCertificateAlias(Certificate certificate) {
        return certificates.current().aliasOf(certificate);
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // the JDK's interface
    public @Nullable Date engineGetCreationDate(String alias) {
        AliasTable now = certificates.current();
        return now.get(alias) == null ? null : Date.from(now.read());
    }

    @Override
    public @Nullable Key engineGetKey(String alias, char[] password) {
        return null;
    }

    @Override
    public Certificate @Nullable [] engineGetCertificateChain(String alias) {
        return null;
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
        return false;
    }

    @Override
    public void engineSetKeyEntry(String alias, Key key, char[] password, Certificate[] chain)
            throws KeyStoreException {
        throw new KeyStoreException(READ_ONLY);
    }

    @Override
    public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) throws KeyStoreException {
        throw new KeyStoreException(READ_ONLY);
    }

    @Override
    public void engineSetCertificateEntry(String alias, Certificate certificate) throws KeyStoreException {
        throw new KeyStoreException(READ_ONLY);
    }

    @Override
    public void engineDeleteEntry(String alias) throws KeyStoreException {
        throw new KeyStoreException(READ_ONLY);
    }

    @Override
    public void engineStore(OutputStream stream, char[] password) throws IOException {
        throw new IOException("this key store is read-only; its files hold the certificates");
    }

    @Override
    public void engineLoad(@Nullable InputStream stream, char @Nullable [] password) throws IOException {
        if (stream != null) {
            throw new IOException(READ_ONLY);
        }
    }

    @Override
    public void engineLoad(KeyStore.@Nullable LoadStoreParameter parameter) {
        // The certificates were read at construction.
    }
}
