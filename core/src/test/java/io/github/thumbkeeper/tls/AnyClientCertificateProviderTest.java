/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.CostlyKeys;
import io.github.thumbkeeper.testkit.DisguisedCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.io.ByteArrayInputStream;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnyClientCertificateProviderTest {

    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").build();
    private static final TestCertificate STRANGER =
            TestCertificate.named("CN=stranger").build();

    /** What a container may hand over as the trust store. */
    private enum Anchors {
        NULL,
        EMPTY,
        OWN_KEY_ONLY,
        OTHER_KEY_ONLY,
        SERVER_ONLY,
        NOT_LOADED;

        @Nullable
        KeyStore keyStore() throws Exception {
            return switch (this) {
                case NULL -> null;
                case EMPTY -> TestKeyStores.trusted(Map.of());
                case OWN_KEY_ONLY -> SERVER.keyStore("secret");
                case OTHER_KEY_ONLY -> STRANGER.keyStore("secret");
                case SERVER_ONLY -> anchors();
                case NOT_LOADED -> KeyStore.getInstance("PKCS12");
            };
        }
    }

    @Test
    void refusesServersThatAreNotAnchored() throws Exception {
        X509ExtendedTrustManager manager = manager("AnyClientCertificate", anchors());

        assertThatThrownBy(() -> manager.checkServerTrusted(chain(STRANGER), "UNKNOWN"))
                .isInstanceOf(CertificateException.class);
        assertThatCode(() -> manager.checkServerTrusted(chain(SERVER), "UNKNOWN"))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesServersOfPublicAuthoritiesWithAnEmptyKeyStore() throws Exception {
        X509Certificate authority = publicAuthority();
        X509ExtendedTrustManager manager = manager("AnyClientCertificate", TestKeyStores.trusted(Map.of()));

        assertThatThrownBy(() -> manager.checkServerTrusted(new X509Certificate[] {authority}, "UNKNOWN"))
                .hasMessageContaining("the trustAnchors parameter must be non-empty");
    }

    @ParameterizedTest
    @EnumSource
    void checksServersAsTheJdkDoes(Anchors anchors) throws Exception {
        TrustManagerFactory jdk = TrustManagerFactory.getInstance("PKIX", "SunJSSE");
        TrustManagerFactory ours =
                TrustManagerFactory.getInstance("AnyClientCertificate", new AnyClientCertificateProvider());
        String initialised = outcome(() -> jdk.init(anchors.keyStore()));

        assertThat(outcome(() -> ours.init(anchors.keyStore()))).isEqualTo(initialised);
        if (!initialised.equals("accepted")) {
            return;
        }
        X509ExtendedTrustManager theirs = (X509ExtendedTrustManager) jdk.getTrustManagers()[0];
        X509ExtendedTrustManager mine = (X509ExtendedTrustManager) ours.getTrustManagers()[0];
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        X509Certificate[][] chains = {chain(SERVER), chain(STRANGER), {publicAuthority()}};
        for (X509Certificate[] chain : chains) {
            assertThat(outcome(() -> mine.checkServerTrusted(chain, "UNKNOWN")))
                    .isEqualTo(outcome(() -> theirs.checkServerTrusted(chain, "UNKNOWN")));
            assertThat(outcome(() -> mine.checkServerTrusted(chain, "UNKNOWN", (Socket) null)))
                    .isEqualTo(outcome(() -> theirs.checkServerTrusted(chain, "UNKNOWN", (Socket) null)));
            assertThat(outcome(() -> mine.checkServerTrusted(chain, "UNKNOWN", engine)))
                    .isEqualTo(outcome(() -> theirs.checkServerTrusted(chain, "UNKNOWN", engine)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"AnyClientCertificate", "AnyClientCertificate|Thumbkeeper"})
    void letsEveryClientThroughAndNamesNoAuthority(String algorithm) throws Exception {
        X509ExtendedTrustManager manager = manager(algorithm, anchors());

        assertThatCode(() -> manager.checkClientTrusted(chain(STRANGER), "UNKNOWN"))
                .doesNotThrowAnyException();
        assertThat(manager.getAcceptedIssuers()).isEmpty();
    }

    @Test
    void refusesClientsWithLargeKeysInEveryMethod() throws Exception {
        X509ExtendedTrustManager manager = manager("AnyClientCertificate", anchors());
        X509Certificate[] costly = {
            parsed(DisguisedCertificate.of(STRANGER.certificate(), CostlyKeys.dsa(32_000))
                    .getEncoded())
        };

        for (ThrowingCallable check : new ThrowingCallable[] {
            () -> manager.checkClientTrusted(costly, "DSA"),
            () -> manager.checkClientTrusted(costly, "DSA", (Socket) null),
            () -> manager.checkClientTrusted(costly, "DSA", (SSLEngine) null)
        }) {
            assertThatThrownBy(check)
                    .isInstanceOf(CertificateException.class)
                    .hasMessageContaining("p of the DSA key has [32000] bits; expected at most 3072");
        }
    }

    @Test
    void refusesAnEmptyChain() throws Exception {
        X509ExtendedTrustManager manager = manager("AnyClientCertificate", anchors());

        assertThatThrownBy(() -> manager.checkClientTrusted(new X509Certificate[0], "UNKNOWN"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String outcome(ThrowingCallable check) {
        try {
            check.call();
            return "accepted";
        } catch (Throwable e) {
            return e.toString();
        }
    }

    /** One of those that the JVM believes when it is told nothing else. */
    private static X509Certificate publicAuthority() throws Exception {
        TrustManagerFactory jdk = TrustManagerFactory.getInstance("PKIX", "SunJSSE");
        jdk.init((KeyStore) null);
        return ((X509ExtendedTrustManager) jdk.getTrustManagers()[0]).getAcceptedIssuers()[0];
    }

    private static X509Certificate parsed(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }

    private static KeyStore anchors() {
        return TestKeyStores.trusted(Map.of("server", SERVER.certificate()));
    }

    private static X509ExtendedTrustManager manager(String algorithm, KeyStore anchors) throws Exception {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(algorithm, new AnyClientCertificateProvider());
        factory.init(anchors);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    private static X509Certificate[] chain(TestCertificate certificate) {
        return new X509Certificate[] {certificate.certificate()};
    }
}
