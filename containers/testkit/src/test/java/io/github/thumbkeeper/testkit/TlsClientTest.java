/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TlsClientTest {
    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();
    private static final TestCertificate FOREIGN_CA =
            TestCertificate.named("CN=foreign ca").ca().build();

    private HttpsServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
        server.setHttpsConfigurator(asking(serverContext()));
        server.createContext("/", exchange -> {
            byte[] body = presented((HttpsExchange) exchange).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    static Stream<TestCertificate> everyKindOfKey() {
        return Stream.of(
                TestCertificate.named("CN=ec").build(),
                TestCertificate.named("CN=rsa").rsa(2048).build(),
                TestCertificate.named("CN=ed").ed25519().build());
    }

    @ParameterizedTest
    @MethodSource("everyKindOfKey")
    void presentsACertificateThatNoNamedIssuerSigned(TestCertificate certificate) throws Exception {
        TlsClient client =
                TlsClient.trusting(SERVER.certificate()).presenting(certificate).build();

        assertThat(client.get(address()).body())
                .isEqualTo(certificate.certificate().getSubjectX500Principal() + " 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void presentsTheChainItWasGiven(String tls) throws Exception {
        TestCertificate issuer = TestCertificate.named("CN=issuer").ca().build();
        TestCertificate leaf = TestCertificate.named("CN=leaf").issuedBy(issuer).build();
        TlsClient client = TlsClient.trusting(SERVER.certificate())
                .tls(tls)
                .presentingChain(leaf.privateKey(), leaf.certificate(), FOREIGN_CA.certificate())
                .build();

        assertThat(client.get(address()).body()).isEqualTo("CN=leaf 2");
    }

    @Test
    void presentsNoCertificateByDefault() throws Exception {
        assertThat(TlsClient.trusting(SERVER.certificate())
                        .build()
                        .get(address())
                        .body())
                .isEqualTo("none");
    }

    @Test
    void refusesAnUntrustedServer() {
        TlsClient client = TlsClient.trusting(FOREIGN_CA.certificate()).build();

        assertThatThrownBy(() -> client.get(address())).isInstanceOf(SSLException.class);
    }

    private URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static String presented(HttpsExchange exchange) {
        try {
            X509Certificate[] chain =
                    (X509Certificate[]) exchange.getSSLSession().getPeerCertificates();
            return chain[0].getSubjectX500Principal() + " " + chain.length;
        } catch (SSLPeerUnverifiedException e) {
            return "none";
        }
    }

    private static HttpsConfigurator asking(SSLContext context) {
        return new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters asking = getSSLContext().getDefaultSSLParameters();
                asking.setWantClientAuth(true);
                parameters.setSSLParameters(asking);
            }
        };
    }

    private static SSLContext serverContext() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(SERVER.keyStore("secret"), "secret".toCharArray());
        KeyManager[] keyManagers = keys.getKeyManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers, new TrustManager[] {new NamesAForeignIssuer()}, null);
        return context;
    }

    /** Accepts every client, but names an issuer that signed none of the certificates. */
    private static final class NamesAForeignIssuer implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[] {FOREIGN_CA.certificate()};
        }
    }
}
