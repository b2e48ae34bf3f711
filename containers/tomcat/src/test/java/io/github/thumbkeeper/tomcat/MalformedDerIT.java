/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.thumbkeeper.testkit.Der;
import io.github.thumbkeeper.testkit.MalformedCertificate;
import io.github.thumbkeeper.testkit.MalformedList;
import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Signed certificates and CRLs that Java reads only in part do not lead to an admission, over real TLS. */
@Slow
class MalformedDerIT {

    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();
    private static final TestCertificate ROOT =
            TestCertificate.named("CN=Root").ca().build();
    private static final BigInteger SERIAL = BigInteger.valueOf(815);

    private final CapturedLog log = new CapturedLog();

    @TempDir
    private Path folder;

    private TestTomcat tomcat;
    private HttpServer point;
    private byte[] fetched = {};

    @BeforeEach
    void start() throws IOException {
        tomcat = new TestTomcat(SERVER, AnyClientCertificateTrustManager.class);
        point = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        point.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, fetched.length);
                exchange.getResponseBody().write(fetched);
            }
        });
        point.start();
        ROOT.writePem(folder.resolve("root.pem"));
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
        point.stop(0);
        log.close();
    }

    static Stream<Arguments> lists() {
        return Stream.of(FrontEnd.values())
                .flatMap(frontEnd -> Stream.of(
                                MalformedList.SOUND,
                                MalformedList.NULL_BEFORE_ENTRIES,
                                MalformedList.ENTRIES_TWICE,
                                MalformedList.EXTENSIONS_BEFORE_ENTRIES,
                                MalformedList.ENTRIES_AS_SET,
                                MalformedList.ENTRIES_AS_CONTEXT_1)
                        .map(list -> Arguments.of(frontEnd, list)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lists")
    @DisplayName("a revoked client whose list is malformed gets 401, even with revocationSoftFail")
    void refusesARevokedClientWhenTheFetchedCrlIsMalformed(FrontEnd frontEnd, MalformedList list) throws Exception {
        fetched = list.of(ROOT, SERIAL);
        TestCertificate alice = revoked();
        guard(frontEnd, "/app", alice, Map.of("validateRevocation", "true", "revocationSoftFail", "true"));
        tomcat.start();

        assertThat(status("/app/x", alice)).isEqualTo(401);
        String code = list == MalformedList.SOUND ? "TK-112" : "TK-114";
        assertThat(log.messages()).anyMatch(line -> line.startsWith(code + " refused"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lists")
    void doesNotStartWithAMalformedCrl(FrontEnd frontEnd, MalformedList list) throws Exception {
        Path file = Files.write(folder.resolve("list.crl"), list.of(ROOT, SERIAL));
        TestCertificate alice = revoked();
        try {
            guard(frontEnd, "/app", alice, withList(file));
            tomcat.start();
        } catch (LifecycleException e) {
            assertThat(e).rootCause().hasMessageContaining("TK-302").hasMessageContaining("list.crl");
            assertThat(list).isNotEqualTo(MalformedList.SOUND);
            return;
        }
        assertThat(status("/app/x", alice)).isIn(list == MalformedList.SOUND ? 401 : 404, 503);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lists")
    void keepsTheLastGoodCrlWhenTheNextIsMalformed(FrontEnd frontEnd, MalformedList list) throws Exception {
        TestCertificate alice = revoked();
        TestCertificate bob = TestCertificate.named("CN=bob").issuedBy(ROOT).build();
        Path file = Files.write(folder.resolve("list.crl"), MalformedList.SOUND.of(ROOT, SERIAL));
        Map<String, String> settings = new TreeMap<>(withList(file));
        settings.put("refreshInterval", "1s");
        guard(frontEnd, "/app", alice, settings);
        guard(frontEnd, "/bob", bob, settings);
        tomcat.start();
        assertThat(status("/app/x", alice)).isEqualTo(401);
        assertThat(status("/bob/x", bob)).isEqualTo(200);

        BigInteger another = bob.certificate().getSerialNumber();
        Files.write(file, list.of(ROOT, another));

        if (list == MalformedList.SOUND) {
            Eventually.that("bob is revoked", () -> status("/bob/x", bob) == 401);
        } else {
            Eventually.that(
                    "the log tells of the list",
                    () -> log.messages().stream()
                                    .filter(line -> line.startsWith("TK-301") && line.contains("list.crl"))
                                    .count()
                            >= 2);
            assertThat(status("/app/x", alice)).isEqualTo(401);
        }
    }

    static Stream<Arguments> certificates() {
        return Stream.of(FrontEnd.values())
                .flatMap(frontEnd -> Stream.of(
                                MalformedCertificate.SOUND,
                                MalformedCertificate.NULL_BEFORE_EXTENSIONS,
                                MalformedCertificate.EXTENSIONS_TWICE,
                                MalformedCertificate.EXTENSIONS_WITH_OTHER_TAG,
                                MalformedCertificate.UNIQUE_IDS_IN_WRONG_ORDER,
                                MalformedCertificate.TWO_SEQUENCES_OF_EXTENSIONS)
                        .map(malformed -> Arguments.of(frontEnd, malformed)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("certificates")
    @DisplayName("a certificate for servers that hides its extensions from Java is no client's with validateTrust")
    void refusesAServersCertificateThatHidesItsExtensions(FrontEnd frontEnd, MalformedCertificate malformed)
            throws Exception {
        TestCertificate alice = Objects.requireNonNull(malformed.of("CN=alice", ROOT));
        guard(frontEnd, "/app", alice, Map.of());
        tomcat.start();

        assertThat(status("/app/x", alice)).isEqualTo(401);
        String code = malformed == MalformedCertificate.SOUND ? "TK-111" : "TK-105";
        assertThat(log.messages()).anyMatch(line -> line.startsWith(code + " refused"));
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("an authority for servers that hides its extensions from Java, sent by the client, leads nowhere")
    void refusesAnAuthorityThatHidesItsExtensions(FrontEnd frontEnd) throws Exception {
        byte[] ca = Der.sequence(Der.oid(2, 5, 29, 19), Der.octets(Der.sequence(Der.bool(true))));
        byte[] servers =
                Der.sequence(Der.oid(2, 5, 29, 37), Der.octets(Der.sequence(Der.oid(1, 3, 6, 1, 5, 5, 7, 3, 1))));
        byte[] hidden = Der.join(Der.context(3, Der.sequence(ca)), Der.context(3, Der.sequence(servers)));
        TestCertificate authority = Objects.requireNonNull(MalformedCertificate.with(hidden, "CN=Servers", ROOT));
        TestCertificate alice =
                TestCertificate.named("CN=alice").issuedBy(authority).build();
        guard(frontEnd, "/app", alice, Map.of());
        tomcat.start();

        assertThat(status("/app/x", alice)).isEqualTo(401);
        assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-110 refused"));
    }

    private static Map<String, String> withList(Path file) {
        return Map.of(
                "validateRevocation",
                "true",
                "crl",
                file.toString(),
                "ocsp",
                "false",
                "crlDistributionPoints",
                "false");
    }

    private TestCertificate revoked() {
        String url = "http://127.0.0.1:" + point.getAddress().getPort() + "/list.crl";
        byte[] name = Der.element(0x86, url.getBytes(StandardCharsets.US_ASCII));
        byte[] points = Der.sequence(Der.sequence(Der.context(0, Der.context(0, name))));
        return TestCertificate.named("CN=alice")
                .serial(SERIAL)
                .extension("2.5.29.31", false, points)
                .issuedBy(ROOT)
                .build();
    }

    private void guard(FrontEnd frontEnd, String path, TestCertificate listed, Map<String, String> more)
            throws IOException {
        Map<String, String> settings = new TreeMap<>(Map.of(
                "thumbprints",
                listed.sha256(),
                "validateTrust",
                "true",
                "trustStore",
                folder.resolve("root.pem").toString()));
        settings.putAll(more);
        Context context = tomcat.addContext(path);
        tomcat.addServlet(context, "/*", new GuardedApp.Echo());
        frontEnd.guard(context, settings);
    }

    private int status(String path, TestCertificate client) throws Exception {
        return TlsClient.trusting(SERVER.certificate())
                .presenting(client)
                .build()
                .get(tomcat.https(path))
                .statusCode();
    }
}
