/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.valve;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.valve.HandshakeTrust.Unknown;
import io.github.thumbkeeper.valve.HandshakeTrust.Unverified;
import io.github.thumbkeeper.valve.HandshakeTrust.Verified;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.X509TrustManager;
import org.apache.catalina.connector.Connector;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which configurations of a virtual host let unverified certificates pass, found by their effect. */
class HandshakeTrustTest {

    private static final TestCertificate AUTHORITY =
            TestCertificate.named("CN=authority").build();

    private final SSLHostConfig config = new SSLHostConfig();

    @Test
    void trustAnchorsVerify() throws Exception {
        config.setTrustStore(anchors());

        assertThat(HandshakeProbe.trustOf(config)).isEqualTo(new Verified());
    }

    @ParameterizedTest
    @ValueSource(classes = {AnyClientCertificateTrustManager.class, Permissive.class})
    void permissiveTrustManagersDoNot(Class<?> type) throws Exception {
        config.setTrustStore(anchors());
        config.setTrustManagerClassName(type.getName());

        assertThat(HandshakeProbe.trustOf(config)).isEqualTo(new Unverified());
    }

    @Test
    void optionalNoCaDoesNot() throws Exception {
        config.setTrustStore(anchors());
        config.setCertificateVerification("optionalNoCA");

        assertThat(HandshakeProbe.trustOf(config)).isEqualTo(new Unverified());
    }

    @Test
    void strictTrustManagersVerify() {
        config.setTrustManagerClassName(Strict.class.getName());

        assertThat(HandshakeProbe.trustOf(config)).isEqualTo(new Verified());
    }

    @ParameterizedTest
    @ValueSource(strings = {"no.such.Class", "java.lang.String"})
    void unusableClassesAreUnknown(String name) {
        config.setTrustManagerClassName(name);

        assertThat(HandshakeProbe.trustOf(config)).isInstanceOf(Unknown.class);
    }

    @Test
    void failingTrustManagersAreUnknown() {
        config.setTrustManagerClassName(Failing.class.getName());

        assertThat(HandshakeProbe.trustOf(config))
                .isInstanceOfSatisfying(
                        Unknown.class, unknown -> assertThat(unknown.why()).contains("needs a connection"));
    }

    @Test
    @DisplayName("an unknown handshake counts as unverified, and the administrator gets a warning")
    void unknownCountsAsUnverified() {
        Handshakes handshakes = handshakes();
        config.setTrustManagerClassName(Failing.class.getName());

        assertThat(handshakes.mayPassUnverified()).isTrue();
        assertThat(handshakes.undetermined())
                .singleElement()
                .asString()
                .startsWith("TK-416 SSLHostConfig [_default_] of connector [")
                .contains(Failing.class.getName());
    }

    @Test
    void followsChangesOfTheConfiguration() throws Exception {
        Handshakes handshakes = handshakes();
        config.setTrustStore(anchors());
        assertThat(handshakes.mayPassUnverified()).isFalse();

        config.setTrustManagerClassName(Permissive.class.getName());
        assertThat(handshakes.mayPassUnverified()).isTrue();
        assertThat(handshakes.undetermined()).isEmpty();
    }

    private Handshakes handshakes() {
        Connector connector = new Connector("HTTP/1.1");
        connector.setProperty("SSLEnabled", "true");
        connector.addSslHostConfig(config);
        return new Handshakes(() -> new Connector[] {connector});
    }

    private static KeyStore anchors() throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("authority", AUTHORITY.certificate());
        return anchors;
    }

    /** A trust manager without server checks and trust anchors. */
    public abstract static class ClientTrustManager implements X509TrustManager {
        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("not for servers");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Accepts every client. */
    public static final class Permissive extends ClientTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}
    }

    /** Rejects every client. */
    public static final class Strict extends ClientTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
            throw new CertificateException("unknown");
        }
    }

    /** Fails without a connection. */
    public static final class Failing extends ClientTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new IllegalStateException("needs a connection");
        }
    }
}
