/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.servlet.RequestAttributes;
import io.github.thumbkeeper.testkit.ForwardedAs;
import io.github.thumbkeeper.testkit.TestCertificate;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Two gates behind one proxy: both check the certificate that the proxy forwards, and neither checks the proxy's own. */
class NestedGatesIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate CAROL =
            TestCertificate.named("CN=carol").build();

    private static final String ALICES =
            ForwardedAs.HAPROXY.header() + ": " + ForwardedAs.HAPROXY.encode(ALICE.certificate());
    private static final String MALLORYS_IN_RFC9440 =
            ForwardedAs.RFC9440.header() + ": " + ForwardedAs.RFC9440.encode(MALLORY.certificate());

    private static final Map<String, String> OUTER = Map.of(
            "certificateHeader", "haproxy",
            "trustedProxyThumbprints", BOB.sha256(),
            "thumbprints", ALICE.sha256());

    private final GuardedTomcat server;

    NestedGatesIT() throws IOException {
        server = new GuardedTomcat();
        server.tomcat().addServlet(server.context(), "/seen", new Seen());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /** The pairs of front ends, each with every setting by which the outer gate lets requests pass. */
    static List<String[]> waysThrough() {
        List<String[]> all = new ArrayList<>();
        for (String pair : new String[] {"VALVE VALVE", "VALVE FILTER", "FILTER FILTER"}) {
            for (String way : new String[] {
                "mode=enforce",
                "mode=report",
                "mode=annotate",
                "exclude=/seen",
                "exclude=/seen mode=annotate",
                "corsPreflight=always",
                "noCertificate=anonymous"
            }) {
                all.add(new String[] {pair.split(" ", -1)[0], pair.split(" ", -1)[1], way});
            }
        }
        return all;
    }

    @ParameterizedTest(name = "{0} before {1}, {2}")
    @MethodSource("waysThrough")
    @DisplayName("an inner gate that lists the proxy refuses the clients of the proxy, and the proxy without a header")
    void refusesTheProxysOwnCertificateInTheInnerGate(FrontEnd outer, FrontEnd inner, String way) throws Exception {
        start(outer, with(OUTER, way), inner, Map.of("thumbprints", BOB.sha256(), "roles", "admin"));
        boolean preflight = way.startsWith("cors");
        String[] fields = {"Origin: https://example.org", "Access-Control-Request-Method: PUT", ALICES};

        assertThat(preflight ? send(BOB, "OPTIONS", "/seen", fields) : send(BOB, "GET", "/seen", ALICES))
                .startsWith("401");
        assertThat(
                        preflight
                                ? send(BOB, "OPTIONS", "/seen", fields[0], fields[1])
                                : send(BOB, "GET", "/seen", MALLORYS_IN_RFC9440))
                .startsWith("401");
        assertThat(send(BOB, "GET", "/go/async?to=/seen", ALICES)).startsWith("401");
    }

    @ParameterizedTest(name = "{0} before {1}, {2}")
    @CsvSource({
        "VALVE, VALVE, mode=enforce", "VALVE, FILTER, mode=enforce", "FILTER, FILTER, mode=enforce",
        "VALVE, VALVE, mode=annotate", "VALVE, FILTER, mode=annotate", "FILTER, FILTER, mode=annotate",
        "VALVE, VALVE, mode=report", "FILTER, FILTER, mode=report"
    })
    void admitsTheClientThatTheOuterGateTookFromTheHeader(FrontEnd outer, FrontEnd inner, String way) throws Exception {
        start(outer, with(OUTER, way), inner, Map.of("thumbprints", ALICE.sha256(), "roles", "admin"));

        for (String path :
                new String[] {"/seen", "/go/async?to=/seen", "/go/async-with?to=/seen", "/go/forward?to=/seen"}) {
            assertThat(send(BOB, "GET", path, ALICES))
                    .as(path)
                    .isEqualTo("200 user=sha256:" + ALICE.sha256() + " admin=true certificate=CN=alice");
        }
        assertThat(send(BOB, "GET", "/seen")).startsWith("401");
    }

    @ParameterizedTest(name = "{0} before {1}")
    @CsvSource({"VALVE, VALVE", "VALVE, FILTER", "FILTER, FILTER"})
    void refusesTheProxyWhenItForwardsOnlyAHash(FrontEnd outer, FrontEnd inner) throws Exception {
        Map<String, String> hash =
                with(OUTER, "certificateHeader=xfcc xfccHashOnly=true validateNotBefore=false validateNotAfter=false");
        start(outer, hash, inner, Map.of("thumbprints", BOB.sha256()));

        assertThat(send(BOB, "GET", "/seen", "X-Forwarded-Client-Cert: Hash=" + ALICE.sha256()))
                .startsWith("401");
    }

    @ParameterizedTest(name = "{0} before {1}, the inner gate has {2}")
    @CsvSource({
        "VALVE, VALVE, certificateHeader=haproxy",
        "VALVE, FILTER, certificateHeader=haproxy",
        "FILTER, FILTER, certificateHeader=haproxy",
        "VALVE, VALVE, certificateHeader=rfc9440",
        "VALVE, FILTER, certificateHeader=rfc9440",
        "FILTER, FILTER, certificateHeader=rfc9440",
        "VALVE, FILTER, certificateHeader=rfc9440 trustedProxies=127.0.0.1 trustedProxiesByRemoteAddr=true"
    })
    @DisplayName("a header that only the inner gate reads does not make the client another one")
    void refusesASecondClientInTheHeaderOfTheInnerGate(FrontEnd outer, FrontEnd inner, String header) throws Exception {
        Map<String, String> proxies =
                header.contains("RemoteAddr") ? Map.of() : Map.of("trustedProxyThumbprints", BOB.sha256());
        Map<String, String> settings = new HashMap<>(with(proxies, header));
        settings.put("thumbprints", MALLORY.sha256());
        start(outer, OUTER, inner, settings);

        assertThat(send(BOB, "GET", "/seen", ALICES, MALLORYS_IN_RFC9440)).startsWith("401");
    }

    @ParameterizedTest(name = "{0} before {1}, the inner gate trusts {2}")
    @CsvSource({
        "VALVE, VALVE, bob", "VALVE, FILTER, bob", "FILTER, FILTER, bob",
        "VALVE, VALVE, carol", "VALVE, FILTER, carol", "FILTER, FILTER, carol"
    })
    void admitsTheForwardedClientWhateverProxiesTheInnerGateTrusts(FrontEnd outer, FrontEnd inner, String proxy)
            throws Exception {
        String trusted = proxy.equals("bob") ? BOB.sha256() : CAROL.sha256();
        start(outer, OUTER, inner, with(OUTER, "trustedProxyThumbprints=" + trusted));

        assertThat(send(BOB, "GET", "/seen", ALICES)).startsWith("200 user=sha256:" + ALICE.sha256());
        assertThat(send(BOB, "GET", "/seen")).startsWith("401");
        assertThat(send(CAROL, "GET", "/seen", ALICES)).startsWith("401");
    }

    @ParameterizedTest(name = "{0} before {1}")
    @CsvSource({"VALVE, VALVE", "VALVE, FILTER", "FILTER, FILTER"})
    @DisplayName("an outer gate that lists the proxy itself still does when the request is dispatched again")
    void theOuterGateIgnoresTheHeaderOfTheInnerGate(FrontEnd outer, FrontEnd inner) throws Exception {
        start(outer, Map.of("thumbprints", BOB.sha256(), "mode", "report"), inner, OUTER);

        send(BOB, "GET", "/go/async?to=/seen", ALICES);

        assertThat(server.log().messages()).noneMatch(line -> line.startsWith("TK-101"));
    }

    private void start(FrontEnd outer, Map<String, String> outerSettings, FrontEnd inner, Map<String, String> settings)
            throws Exception {
        outer.guard(server.context(), outerSettings);
        inner.guard(server.context(), settings);
        server.start();
    }

    private static Map<String, String> with(Map<String, String> settings, String more) {
        Map<String, String> all = new HashMap<>(settings);
        for (String each : more.split(" ", -1)) {
            all.put(each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
        return all;
    }

    private String send(TestCertificate certificate, String method, String path, String... fields) throws Exception {
        List<String> lines = new ArrayList<>(List.of(method + " /app" + path + " HTTP/1.1", "Host: localhost"));
        lines.addAll(List.of(fields));
        try (RawConnection connection = server.connect(certificate)) {
            connection.send(lines.toArray(String[]::new));
            RawConnection.Answer answer = connection.read(false);
            return answer.status() + " " + answer.body().strip();
        }
    }

    private static final class Seen extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Object chain = request.getAttribute(RequestAttributes.CLIENT_CERTIFICATES);
            response.getWriter()
                    .println("user=" + request.getRemoteUser() + " admin=" + request.isUserInRole("admin")
                            + " certificate="
                            + (chain instanceof X509Certificate[] certificates
                                    ? certificates[0].getSubjectX500Principal()
                                    : chain));
        }
    }
}
