/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmbeddedTomcatIT {
    private static final TestCertificate SERVER = TestCertificate.named("CN=server")
            .ipAddress("127.0.0.1")
            .dnsName("localhost")
            .build();
    private static final TestCertificate STRANGER =
            TestCertificate.named("CN=stranger").ec().build();

    private static TestTomcat tomcat;

    @BeforeAll
    static void start() throws Exception {
        tomcat = echo();
        tomcat.addPlainHttp();
        tomcat.start();
    }

    @AfterAll
    static void stop() throws Exception {
        tomcat.close();
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, false", "TLSv1.3, true", "TLSv1.2, false", "TLSv1.2, true"})
    void passesOnAnUnknownCertificate(String tls, boolean http2) throws Exception {
        HttpResponse<String> answer = ask(client(tls, http2).presenting(STRANGER), "/app/echo");

        assertThat(answer.body()).isEqualTo(STRANGER.sha256());
        assertThat(answer.version()).isEqualTo(http2 ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1);
        assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(tls);
    }

    @ParameterizedTest
    @CsvSource({"TLSv1.3, false", "TLSv1.3, true", "TLSv1.2, false", "TLSv1.2, true"})
    void requestsACertificateButDoesNotRequireIt(String tls, boolean http2) throws Exception {
        assertThat(ask(client(tls, http2), "/app/echo").body()).isEqualTo("none");
    }

    @Test
    void plainHttpHasNoCertificate() throws Exception {
        URI plain = tomcat.http("/app/echo");

        assertThat(TlsClient.trusting().build().get(plain).body()).isEqualTo("none");
    }

    @Test
    void startsTwiceInOneJvm() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (TestTomcat again = echo().start()) {
                HttpResponse<String> answer =
                        client("TLSv1.3", false).presenting(STRANGER).build().get(again.https("/app/echo"));
                assertThat(answer.body()).isEqualTo(STRANGER.sha256());
            }
        }
    }

    @Test
    void capturesTheLogUntilClosed() {
        Logger logger = Logger.getLogger("io.github.thumbkeeper.some");
        CapturedLog log = new CapturedLog();
        try (log) {
            logger.log(Level.FINE, "Refused {0}", "alice");
        }
        logger.log(Level.FINE, "Refused {0}", "bob");

        assertThat(log.messages()).containsExactly("Refused alice");
    }

    private static TestTomcat echo() throws IOException {
        TestTomcat made = new TestTomcat(SERVER, AcceptsEveryone.class);
        made.addServlet(made.addContext("/app"), "/echo", new Echo());
        return made;
    }

    private static TlsClient.Builder client(String tls, boolean http2) {
        return TlsClient.trusting(SERVER.certificate()).tls(tls).http2(http2);
    }

    private static HttpResponse<String> ask(TlsClient.Builder client, String path) throws Exception {
        return client.build().get(tomcat.https(path));
    }

    /** Answers with the SHA-256 thumbprint of the leaf as Tomcat provides it, or "none". */
    private static final class Echo extends HttpServlet {
        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Object chain = request.getAttribute("jakarta.servlet.request.X509Certificate");
            response.getWriter().print(chain == null ? "none" : thumbprint(((X509Certificate[]) chain)[0]));
        }

        private static String thumbprint(X509Certificate leaf) {
            try {
                return HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded()));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
