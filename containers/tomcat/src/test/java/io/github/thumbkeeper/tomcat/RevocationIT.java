/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.catalina.Context;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.ocsp.BasicOCSPRespBuilder;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.RespID;
import org.bouncycastle.cert.ocsp.RevokedStatus;
import org.bouncycastle.cert.ocsp.UnknownStatus;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The responder's answer takes effect in both front ends, over real TLS. */
class RevocationIT {

    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();
    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();

    private final CapturedLog log = new CapturedLog();
    private final AtomicInteger asked = new AtomicInteger();

    @TempDir
    private Path folder;

    private TestTomcat tomcat;
    private HttpServer responder;
    private boolean available = true;
    /** The status; null is good, as in Bouncy Castle. */
    private @Nullable CertificateStatus status;

    @BeforeEach
    void start() throws IOException {
        tomcat = new TestTomcat(SERVER, AnyClientCertificateTrustManager.class);
        responder = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        responder.createContext("/", this::answer);
        responder.start();
        ROOT.writePem(folder.resolve("root.pem"));
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
        responder.stop(0);
        log.close();
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void admitsACertificateWithStatusGood(FrontEnd frontEnd) throws Exception {
        TlsClient alice = client(frontEnd, Map.of());

        assertThat(alice.get(tomcat.https("/app/x")).statusCode()).isEqualTo(200);
        assertThat(alice.get(tomcat.https("/app/x")).statusCode()).isEqualTo(200);
        assertThat(asked).hasValue(1);
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("CVE-2026-28755: a revoked certificate gets 401, and the application is not called")
    void refusesARevokedCertificate(FrontEnd frontEnd) throws Exception {
        status = new RevokedStatus(Date.from(Instant.now().minusSeconds(60)), 1);
        TlsClient alice = client(frontEnd, Map.of("revocationSoftFail", "true"));

        assertThat(alice.get(tomcat.https("/app/x")).statusCode()).isEqualTo(401);
        assertThat(alice.get(tomcat.https("/app/x")).body()).doesNotContain("verdict=");
        assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-112 refused"));
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void refusesAnUnknownCertificate(FrontEnd frontEnd) throws Exception {
        status = new UnknownStatus();

        assertThat(client(frontEnd, Map.of("revocationSoftFail", "true"))
                        .get(tomcat.https("/app/x"))
                        .statusCode())
                .isEqualTo(401);
        assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-114 refused"));
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName(
            "CVE-2026-29145, -34500, -86248: without an answer hard failing refuses, soft failing admits and says so")
    void refusesWithoutAnAnswerUnlessSoftFail(FrontEnd frontEnd) throws Exception {
        available = false;
        TlsClient alice = client(frontEnd, Map.of());
        assertThat(alice.get(tomcat.https("/app/x")).statusCode()).isEqualTo(401);
        assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-113 refused"));
        tomcat.close();

        tomcat = new TestTomcat(SERVER, AnyClientCertificateTrustManager.class);
        TlsClient again = client(frontEnd, Map.of("revocationSoftFail", "true"));
        assertThat(again.get(tomcat.https("/app/x")).statusCode()).isEqualTo(200);
        assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-322"));
    }

    private TlsClient client(FrontEnd frontEnd, Map<String, String> more) throws Exception {
        String url = "http://127.0.0.1:" + responder.getAddress().getPort() + "/";
        AccessDescription description = new AccessDescription(
                AccessDescription.id_ad_ocsp, new GeneralName(GeneralName.uniformResourceIdentifier, url));
        TestCertificate alice = TestCertificate.named("CN=alice")
                .extension("1.3.6.1.5.5.7.1.1", false, new DERSequence(description).getEncoded())
                .issuedBy(ROOT)
                .build();
        Map<String, String> settings = new TreeMap<>(Map.of(
                "thumbprints",
                alice.sha256(),
                "validateTrust",
                "true",
                "trustStore",
                folder.resolve("root.pem").toString(),
                "validateRevocation",
                "true"));
        settings.putAll(more);
        Context context = tomcat.addContext("/app");
        tomcat.addServlet(context, "/*", new GuardedApp.Echo());
        frontEnd.guard(context, settings);
        tomcat.start();
        return TlsClient.trusting(SERVER.certificate()).presenting(alice).build();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.incrementAndGet();
        try (exchange) {
            if (available) {
                byte[] body = response(exchange.getRequestBody().readAllBytes(), status);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } else {
                exchange.sendResponseHeaders(503, -1);
            }
        }
    }

    private static byte[] response(byte[] request, @Nullable CertificateStatus status) throws IOException {
        Date now = new Date();
        Date later = Date.from(now.toInstant().plus(Duration.ofHours(1)));
        try {
            BasicOCSPRespBuilder builder =
                    new BasicOCSPRespBuilder(new RespID(new X509CertificateHolder(ROOT.der()).getSubject()));
            builder.addResponse(new OCSPReq(request).getRequestList()[0].getCertID(), status, now, later);
            return new OCSPRespBuilder()
                    .build(
                            OCSPRespBuilder.SUCCESSFUL,
                            builder.build(
                                    new JcaContentSignerBuilder("SHA256withECDSA").build(ROOT.privateKey()),
                                    new X509CertificateHolder[0],
                                    now))
                    .getEncoded();
        } catch (OCSPException | OperatorCreationException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
