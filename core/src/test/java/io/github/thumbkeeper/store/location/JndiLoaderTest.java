/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.store.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.thumbkeeper.allowlist.Entry;
import io.github.thumbkeeper.allowlist.EntryTable;
import io.github.thumbkeeper.fakes.FakeKeyStore;
import io.github.thumbkeeper.store.Loaded;
import io.github.thumbkeeper.store.StoreException;
import io.github.thumbkeeper.store.file.FileStore;
import io.github.thumbkeeper.store.file.StorePassword;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URL;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStoreSpi;
import java.security.ProviderException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.naming.CommunicationException;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.OperationNotSupportedException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JndiLoaderTest {

    private static final String NAME = "java:comp/env/cert/clients";
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    @TempDir
    Path dir;

    private boolean includeKeyEntries;
    private Object bound;
    private final JndiLoader<EntryTable> store = store(name -> bound);

    @Test
    @DisplayName("a missing name is reported in full, with the remedy (rows 66, 73)")
    void refusesMissingName() {
        assertThatThrownBy(() -> store(name -> {
                            throw new NameNotFoundException("cert");
                        })
                        .load(null))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("store [" + NAME + "] finds nothing bound to [" + NAME + "] (cert)")
                .hasMessageContaining("resource-ref")
                .hasMessageContaining("ResourceLink");
    }

    @Test
    @DisplayName("a naming service that fails is a failed load (row 68)")
    void refusesFailingLookup() {
        assertThatThrownBy(() -> store(name -> {
                            throw new CommunicationException("down");
                        })
                        .load(null))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("cannot look up [" + NAME + "]: javax.naming.CommunicationException (down)");
    }

    @Test
    @DisplayName("another type is refused with its class loader (row 67)")
    void refusesWrongType() {
        assertRefused(
                new AtomicInteger(),
                "a [java.util.concurrent.atomic.AtomicInteger] of class loader [of the JDK] bound; expected");
        assertRefused(this, "JndiLoaderTest] of class loader [");
        assertRefused(List.of("x"), "has a [java.lang.String] of class loader [of the JDK] as element 0");
        assertRefused(Collections.singletonList(null), "has null as element 0");
        assertRefused(new X509Certificate[1], "has null as element 0");
    }

    @Test
    @DisplayName("null is refused (row 70)")
    void refusesNull() {
        assertRefused(null, "finds null bound");
    }

    @ParameterizedTest(name = "the text [{0}] is refused (row 71)")
    @ValueSource(
            strings = {
                "",
                " ",
                "java:comp/env/other",
                "JNDI:other",
                "ldap://host/x",
                "rmi://host/x",
                "https://host/clients.pem",
                "jar:file:/a.jar!/x",
                "file://host/clients.pem",
                "file:relative"
            })
    void refusesRemoteAndRecursiveTexts(String text) {
        assertRefused(text, "bound; ");
    }

    @Test
    @DisplayName("any exception or error of the object is a failed load (row 74)")
    void refusesFailingObjects() throws Exception {
        for (Throwable thrown : List.of(
                new IllegalStateException("x"),
                new NoClassDefFoundError("x"),
                new StackOverflowError(),
                new Error("x"))) {
            bound = keyStore(new FakeKeyStore() {
                @Override
                public java.util.Enumeration<String> engineAliases() {
                    throw unchecked(thrown);
                }
            });
            assertThatThrownBy(() -> store.load(null)).isInstanceOf(StoreException.class);
        }
        bound = keyStore(new FakeKeyStore() {
            @Override
            public java.util.Enumeration<String> engineAliases() {
                throw new ProviderException("resource [x]: [path] is bad");
            }
        });
        assertRefused(bound, "is a key store that cannot be read: resource [x]: [path] is bad");
        assertRefused(KeyStore.getInstance("PKCS12"), "is a key store that cannot be read: Uninitialized keystore");
    }

    @Test
    @DisplayName("a key store that always changes, or lacks a certificate, is refused after three retries (row 74)")
    void refusesKeyStoreThatAlwaysChanges() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        assertRefused(
                keyStore(new FakeKeyStore() {
                    @Override
                    public java.util.Enumeration<String> engineAliases() {
                        return Collections.enumeration(List.of("alias" + calls.incrementAndGet()));
                    }

                    @Override
                    public Certificate engineGetCertificate(String alias) {
                        return ALICE.certificate();
                    }
                }),
                "changes while it is read");
        assertThat(calls).hasValue(8);
        assertRefused(
                keyStore(new FakeKeyStore() {
                    @Override
                    public java.util.Enumeration<String> engineAliases() {
                        return Collections.enumeration(List.of("alice", "gone"));
                    }

                    @Override
                    public Certificate engineGetCertificate(String alias) {
                        return alias.equals("alice") ? ALICE.certificate() : null;
                    }
                }),
                "or has an alias without certificate");
    }

    @Test
    void readsKeyStoreThatSettles() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        bound = keyStore(new FakeKeyStore() {
            @Override
            public java.util.Enumeration<String> engineAliases() {
                return Collections.enumeration(List.of("alias" + Math.min(3, calls.incrementAndGet())));
            }

            @Override
            public Certificate engineGetCertificate(String alias) {
                return ALICE.certificate();
            }
        });

        assertThat(store.load(null).value()).extracting(Entry::label).containsExactly("alias3");
    }

    @Test
    void readsKeyStoreWithLabels() throws Exception {
        bound = TestKeyStores.trusted(Map.of("alice#2026", ALICE.certificate()));

        Loaded<EntryTable> contents = store.load(null);

        assertThat(contents.value()).extracting(Entry::label).containsExactly("alice");
        assertDigests(contents, ALICE);
        assertThat(store.load(contents)).isSameAs(contents);
    }

    @Test
    void ignoresKeysOfAKeyStore() throws Exception {
        bound = ALICE.keyStore("changeit");

        Loaded<EntryTable> contents = store.load(null);

        assertThat(contents.value()).isEmpty();
        assertThat(contents.warnings()).singleElement().asString().contains("key under [key]");
    }

    @Test
    @DisplayName("certificates, arrays and collections are copied (row 74)")
    void readsCertificatesAndCopiesThem() throws Exception {
        List<X509Certificate> list = new ArrayList<>(Arrays.asList(ALICE.certificate(), BOB.certificate()));
        bound = list;
        Loaded<EntryTable> contents = store.load(null);
        list.clear();
        assertDigests(contents, ALICE, BOB);
        assertDigests(store.load(contents));

        bound = ALICE.certificate();
        assertDigests(store.load(null), ALICE);
        bound = new X509Certificate[] {BOB.certificate()};
        assertDigests(store.load(null), BOB);
        assertThat(store.load(null).value()).extracting(Entry::label).containsOnlyNulls();
    }

    @Test
    void followsAPath() throws Exception {
        Path file = dir.resolve("alice.pem");
        ALICE.writePem(file);
        bound = file.toString();
        Loaded<EntryTable> first = store.load(null);
        assertDigests(first, ALICE);
        assertThat(store.load(first)).isSameAs(first);

        bound = file.toUri().toURL();
        Loaded<EntryTable> second = store.load(first);
        assertThat(second).isSameAs(first);
        BOB.writePem(file);

        assertDigests(store.load(second), BOB);
    }

    @Test
    void followsAnotherPath() throws Exception {
        ALICE.writePem(dir.resolve("alice.pem"));
        BOB.writePem(dir.resolve("bob.pem"));
        bound = dir.resolve("alice.pem").toString();
        Loaded<EntryTable> first = store.load(null);

        bound = dir.resolve("none.pem").toString();
        assertThatThrownBy(() -> store.load(first)).hasMessageContaining("none.pem] does not exist");
        bound = dir.resolve("alice.pem").toString();
        assertThat(store.load(first)).isSameAs(first);
        bound = dir.resolve("bob.pem").toUri().toString();

        assertDigests(store.load(first), BOB);
    }

    @Test
    void refusesUrlOfAnotherMachine() throws Exception {
        assertRefused(new URL("http://127.0.0.1/clients.pem"), "expected a file: URL of this machine");
        assertRefused(new URL("file://host/clients.pem"), "expected a file: URL of this machine");
    }

    @Test
    @DisplayName("the text of an exception that quotes what could not be parsed is not shown")
    void hidesQuotedText() {
        JndiLoader<EntryTable> refusing = JndiLoader.ofEntries(
                new JndiName(NAME, NAME, name -> {
                    NamingException failure = new NamingException("cannot make the resource");
                    failure.initCause(new NumberFormatException("For input string: \"changeit\""));
                    throw failure;
                }),
                text -> {
                    throw new StoreException(text, "is not a location", null);
                },
                options(false),
                InstantSource.system());

        assertThatThrownBy(() -> refusing.load(null)).satisfies(thrown -> {
            StringWriter printed = new StringWriter();
            thrown.printStackTrace(new PrintWriter(printed, true));
            assertThat(printed.toString())
                    .contains("cannot look up [" + NAME + "]: javax.naming.NamingException")
                    .doesNotContain("changeit");
        });
    }

    @Test
    void explainsWhyATextIsNotAPath() {
        JndiLoader<EntryTable> refusing = JndiLoader.ofEntries(
                new JndiName(NAME, NAME, name -> "x"),
                text -> {
                    throw new StoreException(text, "is not a location", null);
                },
                options(false),
                InstantSource.system());

        assertThatThrownBy(() -> refusing.load(null))
                .hasMessage(
                        "store [" + NAME
                                + "] is bound to a text of 1 character (not shown, it may be a password) that is not a location");
    }

    @Test
    @DisplayName("the certificate of a key counts only on request, and the key itself is never read (row 35)")
    void countsCertificatesOfKeysOnRequest() throws Exception {
        bound = keyStore(new FakeKeyStore() {
            @Override
            public java.util.Enumeration<String> engineAliases() {
                return Collections.enumeration(List.of("alice"));
            }

            @Override
            public boolean engineIsKeyEntry(String alias) {
                return true;
            }

            @Override
            public Certificate engineGetCertificate(String alias) {
                return ALICE.certificate();
            }

            @Override
            public java.security.Key engineGetKey(String alias, char[] password) {
                throw new AssertionError("the key must not be read");
            }
        });
        Loaded<EntryTable> without = store.load(null);
        includeKeyEntries = true;
        Loaded<EntryTable> with = store(name -> bound).load(null);

        assertThat(without.value()).isEmpty();
        assertThat(without.warnings()).singleElement().asString().contains("[alice]; it does not count");
        assertDigests(with, ALICE);
        assertThat(with.warnings()).isEmpty();
    }

    @Test
    @DisplayName("a misconfiguration is distinguished from an outage (storeUnavailable)")
    void distinguishesMisconfigurationFromOutage() throws Exception {
        assertThat(failure(5).isMisconfigured()).isTrue();
        assertThat(failure("ldap://host/x").isMisconfigured()).isTrue();
        assertThat(failure("").isMisconfigured()).isTrue();
        assertThat(failure(new URL("http://127.0.0.1/x")).isMisconfigured()).isTrue();
        assertThat(failure(dir.resolve("missing").toString()).isMisconfigured()).isFalse();
        assertThat(failure(KeyStore.getInstance("PKCS12")).isMisconfigured()).isFalse();
        assertThat(failure(null).isMisconfigured()).isFalse();
        JndiLoader<EntryTable> without = store(name -> {
            throw new OperationNotSupportedException("no such names here");
        });
        StoreException unsupported = catchThrowableOfType(StoreException.class, () -> without.load(null));
        assertThat(unsupported.isMisconfigured()).isTrue();
        assertThat(unsupported).hasMessageContaining("cannot look up [" + NAME + "] (no such names here)");
    }

    private StoreException failure(Object object) {
        bound = object;
        return catchThrowableOfType(StoreException.class, () -> store.load(null));
    }

    private void assertRefused(Object object, String why) {
        bound = object;
        assertThatThrownBy(() -> store.load(null))
                .isInstanceOf(StoreException.class)
                .hasMessageStartingWith("store [" + NAME + "] ")
                .hasMessageContaining(why);
    }

    private static void assertDigests(Loaded<EntryTable> contents, TestCertificate... certificates) {
        assertThat(contents.value())
                .extracting(it -> it.digest().toString())
                .containsExactlyElementsOf(Arrays.stream(certificates)
                        .map(it -> "sha256:" + it.sha256())
                        .toList());
    }

    private JndiLoader<EntryTable> store(JndiLoader.Lookup lookup) {
        return JndiLoader.ofEntries(
                new JndiName(NAME, NAME, lookup),
                text -> new FileStore(text, Path.of(text), options(false).keyStore(), false, InstantSource.system()),
                options(includeKeyEntries),
                InstantSource.system());
    }

    private static StoreOptions options(boolean includeKeyEntries) {
        return new StoreOptions(StorePassword.of("storePassword", null), includeKeyEntries);
    }

    private static RuntimeException unchecked(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (RuntimeException) thrown;
    }

    private static KeyStore keyStore(KeyStoreSpi spi) throws Exception {
        KeyStore keyStore = new KeyStore(spi, new BareProvider(), "fake") {};
        keyStore.load(null);
        return keyStore;
    }

    private static final class BareProvider extends java.security.Provider {
        private static final long serialVersionUID = 1L;

        BareProvider() {
            super("bare", "1", "bare");
        }
    }
}
