/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.thumbkeeper.testkit.MalformedCertificate;
import io.github.thumbkeeper.testkit.MalformedList;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.catalina.Context;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is signed correctly, but built so that the JDK loses a part of it, over real TLS and in both front ends. */
class MalformedIT {

    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();
    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();

    private final CapturedLog log = new CapturedLog();

    @TempDir
    private Path folder;

    private TestTomcat tomcat;

    @BeforeEach
    void start() throws IOException {
        tomcat = new TestTomcat(SERVER, AnyClientCertificateTrustManager.class);
        ROOT.writePem(folder.resolve("root.pem"));
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
        log.close();
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("a certificate for servers whose extensions the JDK loses does not pass validateTrust")
    void refusesACertificateForServersWithHiddenExtensions(FrontEnd frontEnd) throws Exception {
        TestCertificate hiding =
                Objects.requireNonNull(MalformedCertificate.NULL_BEFORE_EXTENSIONS.of("CN=hiding", ROOT));

        assertThat(statusFor(hiding, frontEnd, Map.of())).isEqualTo(401);
        assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-105 refused"));
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("with a revocation list in a file that the JDK reads as empty, the application does not start")
    void doesNotStartWithAMalformedList(FrontEnd frontEnd) throws Exception {
        TestCertificate alice = TestCertificate.named("CN=alice").issuedBy(ROOT).build();
        Path list = folder.resolve("list.crl");
        Files.write(
                list,
                MalformedList.NULL_BEFORE_ENTRIES.of(ROOT, alice.certificate().getSerialNumber()));

        assertThat(statusFor(alice, frontEnd, Map.of("validateRevocation", "true", "crl", list.toString())))
                .isNotEqualTo(200);
        assertThat(log.messages()).anyMatch(line -> line.contains("TK-302") && line.contains("is malformed"));
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("a fetched revocation list that the JDK reads as empty proves nothing")
    void refusesARevokedCertificateWhoseFetchedListIsMalformed(FrontEnd frontEnd) throws Exception {
        HttpServer authority = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        try {
            GeneralName url = new GeneralName(
                    GeneralName.uniformResourceIdentifier,
                    "http://127.0.0.1:" + authority.getAddress().getPort() + "/");
            DistributionPoint point =
                    new DistributionPoint(new DistributionPointName(new GeneralNames(url)), null, null);
            TestCertificate alice = TestCertificate.named("CN=alice")
                    .extension("2.5.29.31", false, new CRLDistPoint(new DistributionPoint[] {point}).getEncoded())
                    .issuedBy(ROOT)
                    .build();
            byte[] list = MalformedList.NULL_BEFORE_ENTRIES.of(
                    ROOT, alice.certificate().getSerialNumber());
            authority.createContext("/", exchange -> {
                try (exchange) {
                    exchange.sendResponseHeaders(200, list.length);
                    exchange.getResponseBody().write(list);
                }
            });
            authority.start();

            assertThat(statusFor(alice, frontEnd, Map.of("validateRevocation", "true", "revocationSoftFail", "true")))
                    .isEqualTo(401);
            assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-114 refused"));
        } finally {
            authority.stop(0);
        }
    }

    private int statusFor(TestCertificate client, FrontEnd frontEnd, Map<String, String> more) throws Exception {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "thumbprints",
                client.sha256(),
                "validateTrust",
                "true",
                "trustStore",
                folder.resolve("root.pem").toString()));
        settings.putAll(more);
        Context context = tomcat.addContext("/app");
        tomcat.addServlet(context, "/*", new GuardedApp.Echo());
        frontEnd.guard(context, settings);
        tomcat.start();
        return TlsClient.trusting(SERVER.certificate())
                .presenting(client)
                .build()
                .get(tomcat.https("/app/x"))
                .statusCode();
    }
}
