/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.fakes.FakeKeyStore;
import io.github.thumbkeeper.jndi.KeyStoreFactory;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.KeyStoreVersion;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Provider;
import java.security.ProviderException;
import java.security.cert.Certificate;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which bound key stores are read at each look, and that no removal is missed in those that are not. */
class VersionedKeyStoreTest {

    private static final String NAME = "java:comp/env/cert/clients";
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    @TempDir
    Path dir;

    private Object bound;
    private final JndiLoader<EntryTable> store = JndiLoader.ofEntries(
            new JndiName(NAME, NAME, name -> bound),
            text -> {
                throw new AssertionError(text);
            },
            new StoreOptions(StorePassword.of("storePassword", null), false),
            InstantSource.system());

    /** A key store of a given type, with a version, that counts how often it is read. */
    private static final class Counting extends FakeKeyStore {
        private final Map<String, Certificate> entries = new TreeMap<>(Map.of("alice", ALICE.certificate()));
        private final Versions versions = new Versions();
        private Runnable meanwhile = () -> {};
        private int reads;

        @Override
        public Enumeration<String> engineAliases() {
            reads++;
            return Collections.enumeration(List.copyOf(entries.keySet()));
        }

        @Override
        public Certificate engineGetCertificate(String alias) {
            Certificate certificate = entries.get(alias);
            meanwhile.run();
            return certificate;
        }

        KeyStore of(String type) throws Exception {
            KeyStore keyStore = new KeyStore(this, versions, type) {};
            keyStore.load(null);
            return keyStore;
        }
    }

    private static final class Versions extends Provider {
        private static final long serialVersionUID = 1L;
        private transient Object version = new Object();

        Versions() {
            super("versions", "1", "versions");
        }

        @Override
        public Object get(Object key) {
            if (key.equals(KeyStoreVersion.PROPERTY) && version instanceof RuntimeException failure) {
                throw failure;
            }
            return key.equals(KeyStoreVersion.PROPERTY) ? version : super.get(key);
        }
    }

    @Test
    @DisplayName("a key store of another type is read at each look, whatever its provider says")
    void readsAForeignKeyStore() throws Exception {
        Counting foreign = new Counting();
        bound = foreign.of("PKCS12");
        Loaded<EntryTable> first = store.load(null);
        foreign.reads = 0;

        assertThat(store.load(first)).isSameAs(first);
        assertThat(foreign.reads).isEqualTo(2);
        foreign.entries.clear();
        foreign.entries.put("bob", BOB.certificate());

        assertThat(labels(store.load(first))).containsExactly("bob");
    }

    @Test
    @DisplayName("a key store without a provider of versions is read at each look, such as that of an earlier release")
    void readsAKeyStoreWithoutVersion() throws Exception {
        Counting old = new Counting();
        old.versions.version = null;
        bound = old.of(KeyStoreVersion.TYPE);
        Loaded<EntryTable> first = store.load(null);
        old.entries.put("bob", BOB.certificate());

        assertThat(labels(store.load(first))).containsExactly("alice", "bob");
    }

    @Test
    void readsAKeyStoreOnceForEachVersion() throws Exception {
        Counting ours = new Counting();
        bound = ours.of(KeyStoreVersion.TYPE);
        Loaded<EntryTable> first = store.load(null);
        ours.reads = 0;

        assertThat(store.load(first)).isSameAs(first);
        assertThat(ours.reads).isZero();
        ours.entries.clear();
        ours.entries.put("bob", BOB.certificate());
        ours.versions.version = new Object();

        Loaded<EntryTable> second = store.load(first);
        assertThat(labels(second)).containsExactly("bob");
        assertThat(labels(store.load(first)))
                .as("after a result that was not taken over")
                .containsExactly("bob");
        assertThat(labels(store.load(null))).containsExactly("bob");
    }

    @Test
    @DisplayName("a version that changes while the key store is read is not remembered")
    void readsAgainAfterAChangeMeanwhile() throws Exception {
        Counting ours = new Counting();
        bound = ours.of(KeyStoreVersion.TYPE);
        ours.meanwhile = () -> ours.versions.version = new Object();
        Loaded<EntryTable> first = store.load(null);
        ours.meanwhile = () -> {};
        ours.entries.clear();
        ours.entries.put("bob", BOB.certificate());

        assertThat(labels(store.load(first))).containsExactly("bob");
    }

    @Test
    @DisplayName("another key store under the same name is read, and so is the first one that comes back")
    void readsAnotherKeyStore() throws Exception {
        KeyStore one = new Counting().of(KeyStoreVersion.TYPE);
        Counting other = new Counting();
        other.entries.put("bob", BOB.certificate());
        bound = one;
        Loaded<EntryTable> first = store.load(null);
        bound = other.of(KeyStoreVersion.TYPE);
        Loaded<EntryTable> second = store.load(first);
        bound = one;

        assertThat(labels(second)).containsExactly("alice", "bob");
        assertThat(labels(store.load(second))).containsExactly("alice");
    }

    @Test
    void refusesAKeyStoreWhoseFilesCannotBeRead() throws Exception {
        Counting ours = new Counting();
        bound = ours.of(KeyStoreVersion.TYPE);
        Loaded<EntryTable> first = store.load(null);
        ours.versions.version = new ProviderException("gone");

        assertThatThrownBy(() -> store.load(first))
                .isInstanceOf(StoreException.class)
                .hasMessage("store [" + NAME + "] is a key store that cannot be read: gone");
    }

    @ParameterizedTest(name = "of a {0}")
    @ValueSource(strings = {"folder", "file"})
    @DisplayName("a removal counts at the next look of a key store of our factory, and so do failures and their end")
    void noticesARemoval(String kind) throws Exception {
        Path folder = Files.createDirectory(dir.resolve("clients"));
        Path file = folder.resolve("clients.pem");
        Files.writeString(file, ALICE.pem() + BOB.pem());
        bound = ours(kind.equals("folder") ? folder : file);
        Loaded<EntryTable> both = store.load(null);
        assertThat(store.load(both)).isSameAs(both);

        Files.writeString(file, ALICE.pem());
        Loaded<EntryTable> one = store.load(both);
        assertThat(one.value().size()).isEqualTo(1);

        Files.writeString(file, "half");
        assertThatThrownBy(() -> store.load(one)).isInstanceOf(StoreException.class);
        Files.writeString(file, ALICE.pem());
        assertThat(store.load(one)).isSameAs(one);
        Files.writeString(file, BOB.pem());
        assertThat(store.load(one).value())
                .extracting(entry -> entry.digest().toString())
                .containsExactly("sha256:" + BOB.sha256());
    }

    private static Object ours(Path path) throws Exception {
        Reference reference = new Reference("java.security.KeyStore", KeyStoreFactory.class.getName(), null);
        reference.add(new StringRefAddr("path", path.toString()));
        return new KeyStoreFactory().getObjectInstance(reference, null, null, null);
    }

    private static List<String> labels(Loaded<EntryTable> loaded) {
        return loaded.value().stream().map(Entry::label).toList();
    }
}
