/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store;

import io.github.thumbkeeper.fakes.FakeKeyStore;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;

/** A key store in memory, as any factory may bind it; it is changed where it is. */
final class BoundKeyStore extends BoundStore {

    private final KeyStore keyStore = TestKeyStores.trusted(Map.of());

    BoundKeyStore() {
        bind(keyStore);
    }

    @Override
    Object whole() {
        return keyStore;
    }

    @Override
    public void put(String name, TestCertificate certificate) throws Exception {
        keyStore.setCertificateEntry(name, certificate.certificate());
    }

    @Override
    public void remove(String name) throws Exception {
        keyStore.deleteEntry(name);
    }

    @Override
    public void cutOff() throws Exception {
        List<String> aliases = Collections.list(keyStore.aliases());
        KeyStore cut = new KeyStore(new Cut(aliases), new Unnamed(), "cut") {};
        cut.load(null);
        bind(cut);
    }

    /** Gives the first certificate only. */
    private final class Cut extends FakeKeyStore {
        private final List<String> aliases;

        Cut(List<String> aliases) {
            this.aliases = aliases;
        }

        @Override
        public Enumeration<String> engineAliases() {
            return Collections.enumeration(aliases);
        }

        @Override
        public Certificate engineGetCertificate(String alias) {
            if (!alias.equals(aliases.get(0))) {
                throw new ProviderException("the token was removed");
            }
            try {
                return keyStore.getCertificate(alias);
            } catch (java.security.KeyStoreException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static final class Unnamed extends Provider {
        private static final long serialVersionUID = 1L;

        Unnamed() {
            super("cut", "1", "cut");
        }
    }
}
