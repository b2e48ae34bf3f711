/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.fakes;

import java.io.InputStream;
import java.io.OutputStream;
import java.security.Key;
import java.security.KeyStore;
import java.security.KeyStoreSpi;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Date;
import java.util.Enumeration;

/** A key store without entries, for tests that override one of its methods. */
public class FakeKeyStore extends KeyStoreSpi {

    @Override
    public Enumeration<String> engineAliases() {
        return Collections.emptyEnumeration();
    }

    @Override
    public Certificate engineGetCertificate(String alias) {
        return null;
    }

    @Override
    public boolean engineIsCertificateEntry(String alias) {
        return true;
    }

    @Override
    public boolean engineContainsAlias(String alias) {
        return true;
    }

    @Override
    public int engineSize() {
        return 0;
    }

    @Override
    public boolean engineIsKeyEntry(String alias) {
        return false;
    }

    @Override
    public String engineGetCertificateAlias(Certificate certificate) {
        return null;
    }

    @Override
    public Key engineGetKey(String alias, char[] password) {
        return null;
    }

    @Override
    public Certificate[] engineGetCertificateChain(String alias) {
        return null;
    }

    @Override
    @SuppressWarnings("JavaUtilDate") // the JDK's interface
    public Date engineGetCreationDate(String alias) {
        return null;
    }

    @Override
    public void engineSetKeyEntry(String alias, Key key, char[] password, Certificate[] chain) {}

    @Override
    public void engineSetKeyEntry(String alias, byte[] key, Certificate[] chain) {}

    @Override
    public void engineSetCertificateEntry(String alias, Certificate certificate) {}

    @Override
    public void engineDeleteEntry(String alias) {}

    @Override
    public void engineStore(OutputStream stream, char[] password) {}

    @Override
    public void engineLoad(InputStream stream, char[] password) {}

    @Override
    public void engineLoad(KeyStore.LoadStoreParameter parameter) {}
}
