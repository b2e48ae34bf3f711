/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Map;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnyClientCertificateProviderTest {

    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").build();
    private static final TestCertificate STRANGER =
            TestCertificate.named("CN=stranger").build();

    @Test
    void refusesServersThatAreNotAnchored() throws Exception {
        X509ExtendedTrustManager manager = manager("AnyClientCertificate", anchors());

        assertThatThrownBy(() -> manager.checkServerTrusted(chain(STRANGER), "UNKNOWN"))
                .isInstanceOf(CertificateException.class);
        assertThatCode(() -> manager.checkServerTrusted(chain(SERVER), "UNKNOWN"))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesServersByTheAnchorsOfTheJdkWhenThereAreNone() throws Exception {
        KeyStore empty = TestKeyStores.trusted(Map.of());

        assertThatThrownBy(() -> manager("AnyClientCertificate", empty).checkServerTrusted(chain(SERVER), "UNKNOWN"))
                .isInstanceOf(CertificateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AnyClientCertificate", "AnyClientCertificate|Thumbkeeper"})
    void takesEveryClientAndNamesNoAuthority(String algorithm) throws Exception {
        X509ExtendedTrustManager manager = manager(algorithm, anchors());

        assertThatCode(() -> manager.checkClientTrusted(chain(STRANGER), "UNKNOWN"))
                .doesNotThrowAnyException();
        assertThat(manager.getAcceptedIssuers()).isEmpty();
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
