/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.authenticator.SSLAuthenticator;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.valves.RemoteIpValve;
import org.apache.catalina.valves.SSLValve;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Certificates that a trusted proxy forwards, on both front ends; the test acts as the proxy. */
class ProxyHeaderIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final TestCertificate PROXY =
            TestCertificate.named("CN=proxy").build();
    private static final String NAME = ForwardedAs.NGINX.header();
    private static final String ALICES = NAME + ": " + ForwardedAs.NGINX.encode(ALICE.certificate());
    private static final String MALLORYS = NAME + ": " + ForwardedAs.NGINX.encode(MALLORY.certificate());

    private final GuardedTomcat tomcat = newTomcat();

    private static GuardedTomcat newTomcat() {
        try {
            GuardedTomcat tomcat = new GuardedTomcat();
            tomcat.tomcat().addPlainHttp();
            tomcat.tomcat().addServlet(tomcat.context(), "/seen/*", new Seen());
            return tomcat;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void admitsOnlyClientsOfATrustedProxy(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "trustedProxies", "127.0.0.1");

        assertThat(get("/x", ALICES)).startsWith("HTTP/1.1 200").contains("verdict=admitted");
        assertThat(get("/x", MALLORYS)).startsWith("HTTP/1.1 401");
        assertThat(get("/x", NAME + ":")).startsWith("HTTP/1.1 401");
        assertThat(get("/x")).startsWith("HTTP/1.1 401");
        assertThat(codes()).containsExactly("TK-101", "TK-104", "TK-104");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName(
            "Keycloak #17059, #35217, #35861, CVE-2024-10039: a gate that would believe a header from every client does not start")
    void doesNotStartWithoutTrustedProxies(FrontEnd frontEnd) throws Exception {
        frontEnd.guard(tomcat.context(), Map.of("thumbprints", ALICE.sha256(), "certificateHeader", "nginx"));
        try {
            tomcat.start();
        } catch (org.apache.catalina.LifecycleException e) {
            assertThat(e).rootCause().hasMessageContaining("TK-204 certificateHeader: needs [trustedProxies]");
            return;
        }
        assertThat(get("/x", ALICES)).doesNotStartWith("HTTP/1.1 2").doesNotContain("app ");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName(
            "rows 112, 125: the header of an untrusted peer is removed and counted, and its own certificate decides")
    void judgesAnUntrustedPeerByItsOwnCertificate(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "trustedProxies", "127.0.0.2", "hideCertificateHeader", "false");

        assertThat(get("/x", ALICES)).startsWith("HTTP/1.1 401");
        assertThat(get(MALLORY, "/x", ALICES).status()).isEqualTo(401);
        RawConnection.Answer alice = get(ALICE, "/seen", MALLORYS, "X-Ssl_Client.Verify: x");
        assertThat(alice.status()).isEqualTo(200);
        assertThat(alice.body()).contains("certificate=CN=alice user=").doesNotContain("cert:", NAME);
        assertThat(codes()).containsExactly("TK-331", "TK-130", "TK-130");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void hidesTheHeaderByDefault(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "trustedProxies", "127.0.0.1");

        assertThat(get("/seen", ALICES, "X-Other: 1"))
                .contains("headers=connection,host,x-other ", "direct=null all=0 int=-1 date=-1");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void showsTheHeaderOfATrustedProxyIfConfigured(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "trustedProxies", "127.0.0.1", "hideCertificateHeader", "false");

        assertThat(get("/seen", ALICES)).contains("headers=connection,host,x-ssl-client-cert ", "all=1");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("the header of an untrusted peer is removed on paths without a certificate too")
    void hidesTheHeaderOfAnUntrustedPeerOnExemptPaths(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "trustedProxies", "127.0.0.2", "exclude", "/seen", "hideCertificateHeader", "false");

        assertThat(get("/seen", ALICES, NAME.replace('-', '_') + ": x"))
                .startsWith("HTTP/1.1 200")
                .contains("headers=connection,host ", "certificate=null user=null");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("the application sees the client's certificate, never that of the proxy")
    void showsTheForwardedCertificateInsteadOfTheProxys(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "trustedProxyThumbprints", PROXY.sha256(), "noCertificate", "anonymous");

        assertThat(get(PROXY, "/seen", ALICES).body()).contains("certificate=CN=alice user=sha256:" + ALICE.sha256());
        assertThat(get(PROXY, "/seen").body()).contains("certificate=null user=null");
        assertThat(get(PROXY, "/go/forward?to=/seen", ALICES).body()).contains("certificate=CN=alice user=sha256:");
        assertThat(get(PROXY, "/go/async?to=/seen", ALICES).body()).contains("certificate=CN=alice user=sha256:");
        assertThat(get(PROXY, "/go/async?to=/seen").body()).contains("certificate=null user=null");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void showsTheForwardedCertificateInModeAnnotate(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "trustedProxyThumbprints", PROXY.sha256(), "mode", "annotate");

        assertThat(get(PROXY, "/seen", MALLORYS).body()).contains("certificate=CN=mallory user=null reason=TK-101");
        assertThat(get(PROXY, "/go/async?to=/seen", MALLORYS).body())
                .contains("certificate=CN=mallory user=null reason=TK-101");
        assertThat(get(PROXY, "/go/async-with?to=/seen", MALLORYS).body())
                .contains("certificate=CN=mallory user=null reason=TK-101");
        assertThat(get(PROXY, "/seen").body()).contains("certificate=null user=null reason=TK-104");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void trustsAPinnedProxyOnlyFromItsAddressIfBothAreConfigured(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "trustedProxyThumbprints", PROXY.sha256(), "trustedProxies", "127.0.0.2");

        assertThat(get(PROXY, "/x", ALICES).status()).isEqualTo(401);
        assertThat(codes()).containsExactly("TK-331", "TK-130");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void requiresTheProxysVerificationHeader(FrontEnd frontEnd) throws Exception {
        start(
                frontEnd,
                "trustedProxies",
                "127.0.0.1",
                "proxyVerifyHeader",
                "X-SSL-Client-Verify",
                "proxyVerifyValue",
                "SUCCESS");

        assertThat(get("/x", ALICES)).startsWith("HTTP/1.1 401");
        assertThat(get("/x", ALICES, "X-SSL-Client-Verify: NONE")).startsWith("HTTP/1.1 401");
        assertThat(get("/x", ALICES, "X-SSL-Client-Verify: SUCCESS", "X-SSL-Client-Verify: SUCCESS"))
                .startsWith("HTTP/1.1 401");
        assertThat(get("/x", ALICES, "X_SSL_Client_Verify: SUCCESS")).startsWith("HTTP/1.1 401");
        assertThat(codes()).containsExactly("TK-134", "TK-134", "TK-134", "TK-131");
        assertThat(get("/seen", ALICES, "X-SSL-Client-Verify: SUCCESS"))
                .startsWith("HTTP/1.1 200")
                .contains("headers=connection,host ");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("Traefik pass-through: without client certificate Traefik may leave a client's own header as it is; a"
            + " field that the proxy adds with a certificate only tells")
    void refusesAHeaderThatAProxyPassedThroughWithoutASecondProof(FrontEnd frontEnd) throws Exception {
        start(
                frontEnd,
                "certificateHeader",
                "traefik",
                "trustedProxies",
                "127.0.0.1",
                "proxyVerifyHeader",
                "X-Proxy-Secret",
                "proxyVerifyValue",
                "not-for-clients");
        String passed = ForwardedAs.TRAEFIK.header() + ": " + ForwardedAs.TRAEFIK.encode(ALICE.certificate());

        assertThat(get("/x", passed)).startsWith("HTTP/1.1 401");
        assertThat(get("/x", passed, "X-Proxy-Secret: guessed")).startsWith("HTTP/1.1 401");
        assertThat(get("/x", passed, "X-Proxy-Secret: not-for-clients")).startsWith("HTTP/1.1 200");
        assertThat(tomcat.log().messages()).noneMatch(line -> line.contains("not-for-clients"));
    }

    /** Row 129; CVE-2024-51504 ZooKeeper, CVE-2025-41235 Spring Cloud Gateway: the peer of the socket is what counts. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void ignoresThePeerThatRemoteIpValveReports(FrontEnd frontEnd) throws Exception {
        tomcat.tomcat().addEngineValve(new RemoteIpValve());
        start(frontEnd, "trustedProxies", "203.0.113.7");

        assertThat(get("/x", ALICES, "X-Forwarded-For: 203.0.113.7")).startsWith("HTTP/1.1 401");
        assertThat(codes()).containsExactly("TK-331", "TK-130");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("row 129: after RemoteIpValve the valve still knows the proxy; the filter does not, and refuses")
    void knowsTheProxyAfterRemoteIpValve(FrontEnd frontEnd) throws Exception {
        tomcat.tomcat().addEngineValve(new RemoteIpValve());
        start(frontEnd, "trustedProxies", "127.0.0.1");

        assertThat(get("/x", ALICES, "X-Forwarded-For: 203.0.113.7"))
                .startsWith(frontEnd == FrontEnd.VALVE ? "HTTP/1.1 200" : "HTTP/1.1 401");
    }

    @Test
    @DisplayName("row 129: RemoteIpValve after the valve changes nothing either")
    void knowsTheProxyBeforeRemoteIpValve() throws Exception {
        start(FrontEnd.VALVE, "trustedProxies", "127.0.0.1");
        tomcat.tomcat().addContextValve(tomcat.context(), new RemoteIpValve());

        assertThat(get("/x", ALICES, "X-Forwarded-For: 203.0.113.7")).startsWith("HTTP/1.1 200");
        assertThat(get("/x", MALLORYS, "X-Forwarded-For: 203.0.113.7")).startsWith("HTTP/1.1 401");
    }

    @Test
    @DisplayName("the filter refuses to start on addresses alone, because it does not know the peer of the socket")
    void filterRequiresMoreThanAddresses() {
        FrontEnd.FILTER.guard(
                tomcat.context(),
                Map.of("thumbprints", ALICE.sha256(), "certificateHeader", "nginx", "trustedProxies", "127.0.0.1"));
        assertThatThrownBy(() -> {
                    tomcat.start();
                    assertThat(tomcat.context().getState().isAvailable()).isFalse();
                    throw new IllegalStateException("not available");
                })
                .isInstanceOf(Exception.class);
    }

    @Test
    @DisplayName("SSLValve believes a header from every client: it is reported, and no client is admitted by it")
    void warnsOfSslValve() throws Exception {
        tomcat.tomcat().addEngineValve(new SSLValve());
        start(FrontEnd.VALVE, "trustedProxies", "127.0.0.2");
        String pem = ALICE.pem().replace('\n', ' ');

        assertThat(get("/x", "ssl_client_cert: " + pem)).startsWith("HTTP/1.1 401");
        assertThat(get(MALLORY, "/x", "ssl_client_cert: " + pem).status()).isEqualTo(401);
        assertThat(tomcat.log().messages()).anyMatch(line -> line.startsWith("TK-407 ") && line.contains("SSLValve"));
    }

    @Test
    @DisplayName("a RemoteIpValve that leaves no trace is reported: a filter after it could be deceived")
    void warnsOfRemoteIpValveWithoutTrace() throws Exception {
        RemoteIpValve silent = new RemoteIpValve();
        silent.setRequestAttributesEnabled(false);
        tomcat.tomcat().addEngineValve(silent);
        start(FrontEnd.VALVE, "trustedProxies", "127.0.0.1");

        assertThat(tomcat.log().messages()).anyMatch(line -> line.startsWith("TK-408 "));
    }

    @Test
    void doesNotWarnOfASafeConfiguration() throws Exception {
        tomcat.tomcat().addEngineValve(new RemoteIpValve());
        start(FrontEnd.VALVE, "trustedProxies", "127.0.0.1");

        assertThat(tomcat.log().messages()).noneMatch(line -> line.startsWith("TK-4") && !line.startsWith("TK-400"));
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("row 130: the PROXY protocol is not HTTP, and does not change the peer")
    void ignoresThePeerOfTheProxyProtocol(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "trustedProxies", "203.0.113.7");

        String answer = RawHttp.send(
                tomcat.tomcat().http("/"), "PROXY TCP4 203.0.113.7 203.0.113.1 1 2\r\nGET /app/x HTTP/1.1", ALICES);
        assertThat(RawHttp.status(answer)).isNotEqualTo(200);
        assertThat(answer).doesNotContain("app ");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("row 124: NUL, CR and non-ASCII characters in a value")
    void refusesStrangeCharacters(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "trustedProxies", "127.0.0.1");

        for (String strange : new String[] {"\0", "\r", "\u0001", "\u00e9", "\u00a0", "\t", "\r\n\t", "\r\n "}) {
            String answer = get("/x", ALICES.substring(0, 200) + strange + ALICES.substring(200));
            assertThat(RawHttp.status(answer)).as(strange).isIn(400, 401);
        }
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("row 122: HTTP/2, which knows names in lower case only, changes nothing")
    void behavesTheSameOverHttp2(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "trustedProxies", "127.0.0.1");
        TlsClient client = GuardedTomcat.builder(null).http2(true).build();
        String[] values = {
            ForwardedAs.NGINX.encode(ALICE.certificate()), ForwardedAs.NGINX.encode(MALLORY.certificate()), "", "x"
        };

        for (String value : values) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(tomcat.uri("/x")).header(NAME, value).build());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(value.equals(values[0]) ? 200 : 401);
        }
        HttpResponse<String> alias = client.send(HttpRequest.newBuilder(tomcat.uri("/x"))
                .header(NAME, values[0])
                .header(NAME.replace('-', '_'), values[1])
                .build());
        assertThat(alias.statusCode()).isEqualTo(401);
        assertThat(codes()).containsExactly("TK-101", "TK-104", "TK-133", "TK-131");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName("the application is never shown the proxy's own certificate, not even where nothing is decided")
    void hidesTheProxysCertificateOnExemptPaths(FrontEnd frontEnd) throws Exception {
        start(frontEnd, "trustedProxyThumbprints", PROXY.sha256(), "mode", "annotate", "exclude", "/seen");

        assertThat(get(PROXY, "/seen", ALICES).body()).contains("certificate=null user=null");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    @DisplayName(
            "nor where the header is ambiguous, nor an empty array in the place of a certificate that is not there")
    void showsNoCertificateIfThereIsNone(FrontEnd frontEnd) throws Exception {
        start(
                frontEnd,
                "trustedProxyThumbprints",
                PROXY.sha256(),
                "mode",
                "annotate",
                "hideCertificateHeader",
                "false");

        assertThat(get(PROXY, "/seen", NAME.replace('-', '_') + ": x").body())
                .contains("certificate=null user=null reason=TK-131");
        assertThat(get(PROXY, "/seen").body()).contains("certificate=null user=null reason=TK-104");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void showsNoCertificateIfAHashAloneAdmits(FrontEnd frontEnd) throws Exception {
        start(
                frontEnd,
                "certificateHeader",
                "xfcc",
                "xfccHashOnly",
                "true",
                "validateNotBefore",
                "false",
                "validateNotAfter",
                "false",
                "hideCertificateHeader",
                "false",
                "trustedProxyThumbprints",
                PROXY.sha256());

        assertThat(get(PROXY, "/seen", "X-Forwarded-Client-Cert: Hash=" + ALICE.sha256())
                        .body())
                .contains("certificate=null user=sha256:" + ALICE.sha256());
    }

    @ParameterizedTest
    @CsvSource({"mode, annotate", "mode, report", "exclude, /seen", "noCertificate, anonymous", "principal, none"})
    @DisplayName("no application logs in by the subject that a proxy forwards, or by that of the proxy")
    void refusesToStartOpenNextToALoginBySubject(String setting, String value) throws Exception {
        tomcat.context().getPipeline().addValve(new SSLAuthenticator());
        Map<String, String> settings = Map.of(
                "publicKeyPins",
                "sha256/" + ALICE.pin(),
                "certificateHeader",
                "nginx",
                "trustedProxyThumbprints",
                PROXY.sha256(),
                setting,
                value);

        FrontEnd.VALVE.guard(tomcat.context(), settings);
        assertThatThrownBy(tomcat::start).isInstanceOf(LifecycleException.class);

        assertThat(String.join("\n", tomcat.log().messages())).contains("TK-402 application [/app]");
    }

    @Test
    @DisplayName("row 128: the peer of a Unix domain socket has no address, though Tomcat gives one")
    void trustsNoAddressOfAUnixDomainSocket(@TempDir Path folder) throws Exception {
        Path socket = folder.resolve("tomcat");
        Connector connector = new Connector();
        connector.setProperty("unixDomainSocketPath", socket.toString());
        tomcat.tomcat().engine().getService().addConnector(connector);
        start(FrontEnd.VALVE, "trustedProxies", "127.0.0.1");

        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            String request = "GET /app/x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + ALICES + "\r\n\r\n";
            channel.write(StandardCharsets.ISO_8859_1.encode(request));
            ByteBuffer answer = ByteBuffer.allocate(64 << 10);
            while (channel.read(answer) >= 0) {
                assertThat(answer.hasRemaining()).isTrue();
            }
            assertThat(StandardCharsets.ISO_8859_1.decode(answer.flip()).toString())
                    .startsWith("HTTP/1.1 401");
        }
        assertThat(codes()).containsExactly("TK-331", "TK-130");
    }

    private void start(FrontEnd frontEnd, String... more) throws Exception {
        Map<String, String> settings =
                new HashMap<>(Map.of("thumbprints", ALICE.sha256(), "certificateHeader", "nginx"));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        if (settings.containsKey("trustedProxies")) {
            settings.put("trustedProxiesByRemoteAddr", "true");
        }
        tomcat.start(frontEnd, settings);
    }

    private String get(String path, String... fields) throws Exception {
        return RawHttp.send(tomcat.tomcat().http("/"), "GET /app" + path + " HTTP/1.1", fields);
    }

    private RawConnection.Answer get(@Nullable TestCertificate certificate, String path, String... fields)
            throws Exception {
        try (RawConnection connection = tomcat.connect(certificate)) {
            String[] lines = new String[fields.length + 2];
            lines[0] = "GET /app" + path + " HTTP/1.1";
            lines[1] = "Host: localhost";
            System.arraycopy(fields, 0, lines, 2, fields.length);
            connection.send(lines);
            return connection.read(false);
        }
    }

    /** Returns the reason codes of the logged requests. */
    private List<String> codes() {
        return tomcat.log().messages().stream()
                .map(message -> message.substring(0, 6))
                .filter(code -> code.startsWith("TK-1") || code.startsWith("TK-33"))
                .toList();
    }

    /** Writes the header fields that it sees, by each method of the API, and the subject of the certificate. */
    private static final class Seen extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            TreeSet<String> names = new TreeSet<>();
            Collections.list(request.getHeaderNames()).forEach(name -> names.add(name.toLowerCase(Locale.ROOT)));
            String direct = request.getHeader(NAME);
            response.getWriter()
                    .println("headers=" + String.join(",", names) + " direct="
                            + (direct == null ? null : "cert:") + " all="
                            + Collections.list(request.getHeaders(NAME)).size() + number(request)
                            + " certificate=" + subject(request) + " user=" + request.getRemoteUser() + " reason="
                            + request.getAttribute(RequestAttributes.REASON));
        }

        private static String number(HttpServletRequest request) {
            try {
                return " int=" + request.getIntHeader(NAME) + " date=" + request.getDateHeader(NAME);
            } catch (IllegalArgumentException e) {
                return "";
            }
        }

        private static @Nullable String subject(HttpServletRequest request) {
            // Tomcat sets all attributes of the connection when the first of them is read.
            request.getAttribute("jakarta.servlet.request.cipher_suite");
            Object chain = request.getAttribute(RequestAttributes.CLIENT_CERTIFICATES);
            return chain instanceof X509Certificate[] certificates
                    ? certificates[0].getSubjectX500Principal().getName()
                    : null;
        }
    }
}
