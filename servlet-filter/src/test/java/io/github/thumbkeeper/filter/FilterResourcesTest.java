/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.jndi.KeyStoreFactory;
import io.github.thumbkeeper.testkit.TestCertificate;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Hashtable;
import javax.naming.Context;
import javax.naming.NameNotFoundException;
import javax.naming.NamingException;
import javax.naming.Reference;
import javax.naming.StringRefAddr;
import javax.naming.spi.InitialContextFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterResourcesTest {

    private static final String NAME = "java:comp/env/cert/clients";
    private static @Nullable Object bound;
    private static Names.State state = Names.State.BOUND;

    private final FilterResources resources = new FilterResources((ServletContext) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {ServletContext.class}, (proxy, method, arguments) -> null));

    /** Stands in for a container's names. */
    public static final class Names implements InitialContextFactory {
        enum State {
            BOUND,
            GONE,
            UNKNOWN_ON_THIS_THREAD
        }

        @Override
        public Context getInitialContext(@Nullable Hashtable<?, ?> environment) {
            return (Context) Proxy.newProxyInstance(
                    Names.class.getClassLoader(), new Class<?>[] {Context.class}, (proxy, method, arguments) -> {
                        switch (state) {
                            case GONE -> throw new NameNotFoundException("clients");
                            case UNKNOWN_ON_THIS_THREAD -> throw new NamingException("no names");
                            default -> {
                                return bound;
                            }
                        }
                    });
        }
    }

    @BeforeEach
    void installNames() {
        System.setProperty(Context.INITIAL_CONTEXT_FACTORY, Names.class.getName());
        bound = "first";
        state = Names.State.BOUND;
    }

    @AfterEach
    void removeNames() {
        System.clearProperty(Context.INITIAL_CONTEXT_FACTORY);
    }

    @Test
    void failsWithoutAnEarlierKeyStore() {
        state = Names.State.UNKNOWN_ON_THIS_THREAD;

        assertThatThrownBy(() -> resources.lookup(NAME)).isInstanceOf(NamingException.class);
    }

    @Test
    void failsIfTheNameWasRemoved() throws Exception {
        resources.lookup(NAME);
        state = Names.State.GONE;

        assertThatThrownBy(() -> resources.lookup(NAME)).isInstanceOf(NameNotFoundException.class);
    }

    @Test
    void returnsOurLastKeyStoreOnAThreadWithoutNames(@TempDir Path folder) throws Exception {
        Path pem = folder.resolve("alice.pem");
        TestCertificate.named("CN=alice").build().writePem(pem);
        resources.lookup(NAME);
        bound = keyStore(pem);
        assertThat(resources.lookup(NAME)).isSameAs(bound);
        state = Names.State.UNKNOWN_ON_THIS_THREAD;

        assertThat(resources.lookup(NAME)).isSameAs(bound);
        assertThatThrownBy(() -> resources.lookup("java:comp/env/other")).isInstanceOf(NamingException.class);
    }

    @Test
    @DisplayName("an object that does not follow its files is never used again (row 68)")
    void failsForObjectsThatWouldBecomeStale() throws Exception {
        bound = KeyStore.getInstance("PKCS12");
        resources.lookup(NAME);
        state = Names.State.UNKNOWN_ON_THIS_THREAD;

        assertThatThrownBy(() -> resources.lookup(NAME)).isInstanceOf(NamingException.class);
    }

    private static Object keyStore(Path pem) throws Exception {
        Reference reference = new Reference("java.security.KeyStore");
        reference.add(new StringRefAddr("path", pem.toString()));
        return new KeyStoreFactory().getObjectInstance(reference, null, null, null);
    }
}
