/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.ForeignCertificate;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.valve.AnyClientCertificateTrustManager;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The behaviour of a gate: every test runs unchanged on both front ends. */
class BehaviourIT {

    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();
    private static final String ANY = "sha256:" + "ab".repeat(32);

    private final TestTomcat tomcat = newTomcat();
    private final CapturedLog log = new CapturedLog();

    @TempDir
    private Path folder;

    private static TestTomcat newTomcat() {
        try {
            return new TestTomcat(SERVER, AnyClientCertificateTrustManager.class);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @AfterEach
    void stop() throws Exception {
        tomcat.close();
        log.close();
    }

    static Stream<Arguments> everyWayToListACertificate() {
        return Stream.of(FrontEnd.values())
                .flatMap(frontEnd -> Stream.of(
                        Arguments.of(frontEnd, "thumbprints", ALICE.sha256()),
                        Arguments.of(
                                frontEnd, "thumbprints", "SHA1:" + ALICE.sha1().toUpperCase(java.util.Locale.ROOT)),
                        Arguments.of(frontEnd, "thumbprints", ALICE.sha512()),
                        Arguments.of(frontEnd, "thumbprints", ANY + ", sha256:" + ALICE.sha256()),
                        Arguments.of(frontEnd, "publicKeyPins", "sha256/" + ALICE.pin()),
                        Arguments.of(frontEnd, "store", "alice.pem"),
                        Arguments.of(frontEnd, "store", "alice.der"),
                        Arguments.of(frontEnd, "store", "pem-folder"),
                        Arguments.of(frontEnd, "store", "clients.p12"),
                        Arguments.of(frontEnd, "store", "clients.jks")));
    }

    @ParameterizedTest
    @MethodSource("everyWayToListACertificate")
    void admitsOnlyTheListedCertificate(FrontEnd frontEnd, String setting, String value) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of(setting, value, "roles", "orders"));
        if (setting.equals("store")) {
            settings.put("store", stored(value).toString());
        }
        if (value.startsWith("clients.")) {
            settings.put("storePassword", "changeit");
        }
        start(frontEnd, settings);

        HttpResponse<String> admitted = client(ALICE).get(tomcat.https("/app/x"));
        assertThat(admitted.statusCode()).isEqualTo(200);
        assertThat(admitted.body())
                .contains("orders=true auth=CLIENT_CERT certificate=true verdict=admitted reason=null");
        assertThat(admitted.body()).doesNotContain("user=null").doesNotContain("CN=");

        assertRefused(client(MALLORY).get(tomcat.https("/app/x")), "TK-101");
        assertRefused(client(null).get(tomcat.https("/app/x")), "TK-104");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void namesThePrincipalByLabelOrEntry(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of("store", stored("pem-folder").toString(), "thumbprints", MALLORY.sha256()));

        assertThat(client(ALICE).get(tomcat.https("/app/x")).body()).contains("user=alice remote=alice", "label=alice");
        assertThat(client(MALLORY).get(tomcat.https("/app/x")).body())
                .contains("user=sha256:" + MALLORY.sha256(), "label=null");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void refusesAListedCertificateOutOfDate(FrontEnd frontEnd) throws Exception {
        Instant now = Instant.now();
        TestCertificate expired = TestCertificate.named("CN=old")
                .validFrom(now.minus(9, ChronoUnit.DAYS))
                .validUntil(now.minus(1, ChronoUnit.HOURS))
                .build();
        TestCertificate future = TestCertificate.named("CN=new")
                .validFrom(now.plus(1, ChronoUnit.HOURS))
                .validUntil(now.plus(9, ChronoUnit.DAYS))
                .build();
        start(frontEnd, Map.of("thumbprints", expired.sha256() + "," + future.sha256()));

        assertRefused(client(expired).get(tomcat.https("/app/x")), "TK-102");
        assertRefused(client(future).get(tomcat.https("/app/x")), "TK-103");
    }

    /** CVE-2023-2422: the identity is that of the leaf, whatever other certificates the client sends. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void judgesOnlyTheLeaf(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of("thumbprints", ALICE.sha256()));
        X509Certificate alice = ALICE.certificate();
        X509Certificate mallory = MALLORY.certificate();

        TlsClient impostor = TlsClient.trusting(SERVER.certificate())
                .presentingChain(MALLORY.privateKey(), mallory, alice)
                .build();
        TlsClient listed = TlsClient.trusting(SERVER.certificate())
                .presentingChain(ALICE.privateKey(), alice, mallory)
                .build();

        assertRefused(impostor.get(tomcat.https("/app/x")), "TK-101");
        assertThat(listed.get(tomcat.https("/app/x")).statusCode()).isEqualTo(200);
    }

    static Stream<Arguments> whatAContainerMayPresent() throws Exception {
        X509Certificate alice = ALICE.certificate();
        Map<String, Object> odd = new HashMap<>();
        odd.put("an empty array", new X509Certificate[0]);
        odd.put("an array of null", new X509Certificate[] {null});
        odd.put("a text", ALICE.pem());
        odd.put("a single certificate", alice);
        odd.put("an array of another type", new Certificate[] {alice});
        odd.put("a list", java.util.List.of(alice));
        odd.put("a certificate that cannot be encoded", new X509Certificate[] {
            new ForeignCertificate(alice, () -> {
                throw new CertificateEncodingException("defect");
            })
        });
        odd.put("a certificate that throws", new X509Certificate[] {
            new ForeignCertificate(alice, () -> {
                throw new IllegalStateException("defect");
            })
        });
        return Stream.of(FrontEnd.values())
                .flatMap(frontEnd ->
                        odd.entrySet().stream().map(entry -> Arguments.of(frontEnd, entry.getKey(), entry.getValue())));
    }

    /** bad-input 131. */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("whatAContainerMayPresent")
    void refusesObjectsThatAreNotCertificates(FrontEnd frontEnd, String name, Object presented) throws Exception {
        tomcat.addPlainHttp();
        tomcat.addEngineValve(new Planting(presented));
        start(frontEnd, Map.of("thumbprints", ALICE.sha256(), "noCertificate", "anonymous"));

        HttpResponse<String> response = client(null).get(tomcat.http("/app/x"));

        assertThat(response.statusCode()).as(name).isEqualTo(401);
        assertThat(response.body()).doesNotContain("app ");
    }

    static Stream<Arguments> everyDispatch() {
        return Stream.of(FrontEnd.values())
                .flatMap(frontEnd -> Stream.of(
                        Arguments.of(frontEnd, "/app/go/async?to=/x", "app ASYNC"),
                        Arguments.of(frontEnd, "/app/go/async-with?to=/x", "app ASYNC"),
                        Arguments.of(frontEnd, "/app/go/forward?to=/x", "app FORWARD"),
                        Arguments.of(frontEnd, "/app/go/include?to=/x", "app INCLUDE"),
                        Arguments.of(frontEnd, "/app/go/error", "app ERROR")));
    }

    @ParameterizedTest
    @MethodSource("everyDispatch")
    void keepsTheAdmissionThroughEveryDispatch(FrontEnd frontEnd, String path, String seen) throws Exception {
        start(frontEnd, Map.of("thumbprints", ALICE.sha256(), "roles", "orders"));

        assertThat(client(ALICE).get(tomcat.https(path)).body())
                .contains(seen + " user=sha256:" + ALICE.sha256())
                .contains("orders=true auth=CLIENT_CERT certificate=true verdict=admitted");
        assertRefused(client(MALLORY).get(tomcat.https(path)), "TK-101");
        assertRefused(client(null).get(tomcat.https(path)), "TK-104");
    }

    @ParameterizedTest
    @MethodSource("everyDispatch")
    void givesARequestThatPassesUnadmittedNothingInAnyDispatch(FrontEnd frontEnd, String path, String seen)
            throws Exception {
        start(frontEnd, Map.of("thumbprints", ALICE.sha256(), "roles", "orders", "mode", "report"));

        assertThat(client(MALLORY).get(tomcat.https(path)).body())
                .contains(seen + " user=null remote=null orders=false auth=null certificate=false verdict=refused"
                        + " reason=TK-101");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void reportsAndLetsPass(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of("thumbprints", ALICE.sha256(), "mode", "report"));

        assertThat(client(MALLORY).get(tomcat.https("/app/x")).body())
                .contains("user=null", "certificate=false", "verdict=refused reason=TK-101");
        assertThat(client(ALICE).get(tomcat.https("/app/x")).body()).contains("verdict=admitted", "certificate=true");
        assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-101 would have refused GET [/app/x]"));
        assertThat(log.messages()).anyMatch(line -> line.startsWith("TK-410"));
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void annotatesAndLetsPass(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of("thumbprints", ALICE.sha256(), "mode", "annotate"));

        assertThat(client(MALLORY).get(tomcat.https("/app/x")).body())
                .contains(
                        "user=null remote=null orders=false auth=null certificate=true verdict=refused reason=TK-101");
        assertThat(client(null).get(tomcat.https("/app/x")).body()).contains("verdict=refused reason=TK-104");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void letsOnlyRequestsWithoutACertificatePassAnonymously(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of("thumbprints", ALICE.sha256(), "noCertificate", "anonymous"));

        assertThat(client(null).get(tomcat.https("/app/x")).body()).contains("user=null", "verdict=exempt");
        assertRefused(client(MALLORY).get(tomcat.https("/app/x")), "TK-101");
        assertThat(client(ALICE).get(tomcat.https("/app/x")).body()).contains("verdict=admitted");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void passesPreflightsOnlyIfConfigured(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of("thumbprints", ALICE.sha256(), "corsPreflight", "always"));
        HttpRequest.Builder preflight = HttpRequest.newBuilder(tomcat.https("/app/x"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "https://shop.example");

        assertRefused(client(null).send(preflight.build()), "TK-104");
        HttpRequest complete =
                preflight.header("Access-Control-Request-Method", "GET").build();
        assertThat(client(null).send(complete).body()).contains("user=null", "certificate=false", "verdict=exempt");
        HttpRequest twice =
                preflight.header("Access-Control-Request-Method", "PUT").build();
        assertRefused(client(null).send(twice), "TK-104");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void exemptsAnExcludedPathAndHidesTheCertificateThere(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of("thumbprints", ALICE.sha256(), "exclude", "/public/*, /health"));

        assertThat(client(null).get(tomcat.https("/app/public/a")).body()).contains("user=null", "verdict=exempt");
        assertThat(client(null).get(tomcat.https("/app/health")).statusCode()).isEqualTo(200);
        assertThat(client(ALICE).get(tomcat.https("/app/public/a")).body()).contains("user=null", "certificate=false");
        assertRefused(client(null).get(tomcat.https("/app/private")), "TK-104");
        assertRefused(client(null).get(tomcat.https("/app/health/x")), "TK-104");
    }

    /** CVE-2022-31692: only the filter sees a forward; a documented difference. */
    @Test
    void decidesAgainWhenAnExcludedPathForwardsToAGuardedOne() throws Exception {
        start(FrontEnd.FILTER, Map.of("thumbprints", ALICE.sha256(), "exclude", "/go/*, /public/*"));

        assertRefused(client(null).get(tomcat.https("/app/go/forward?to=/x")), "TK-104");
        assertRefused(client(null).get(tomcat.https("/app/go/async?to=/x")), "TK-104");
        assertThat(client(null).get(tomcat.https("/app/go/include?to=/x")).body())
                .contains("before", "after")
                .doesNotContain("app INCLUDE");
        assertThat(client(null)
                        .get(tomcat.https("/app/go/forward?to=/public/x"))
                        .body())
                .contains("verdict=exempt");
        assertThat(client(ALICE).get(tomcat.https("/app/go/forward?to=/x")).body())
                .contains("user=sha256:" + ALICE.sha256(), "certificate=true", "verdict=admitted");
        assertThat(client(ALICE).get(tomcat.https("/app/go/async?to=/x")).body())
                .contains("user=sha256:" + ALICE.sha256(), "certificate=true", "verdict=admitted");
    }

    /** SSLValve believes a header from every client; the valve asks the connector, the filter can only see the attribute. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void ignoresAHeaderUnlessAValveBeforeTheFilterUsesIt(FrontEnd frontEnd) throws Exception {
        tomcat.addPlainHttp();
        tomcat.addEngineValve(new org.apache.catalina.valves.SSLValve());
        start(frontEnd, Map.of("thumbprints", ALICE.sha256()));
        HttpRequest forged = HttpRequest.newBuilder(tomcat.http("/app/x"))
                .header("ssl_client_cert", ALICE.pem().strip().replace("\n", " "))
                .build();

        HttpResponse<String> response = client(null).send(forged);

        assertThat(response.statusCode()).isEqualTo(frontEnd == FrontEnd.VALVE ? 401 : 200);
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void refusesEveryMethod(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of("thumbprints", ALICE.sha256()));

        for (String method : new String[] {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "FOO", "get"}) {
            HttpRequest request = HttpRequest.newBuilder(tomcat.https("/app/x"))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            HttpResponse<String> response = client(null).send(request);
            assertThat(response.statusCode()).as(method).isEqualTo(401);
            assertThat(response.body()).as(method).doesNotContain("app ");
            assertThat(response.body().isEmpty()).isEqualTo(method.equals("HEAD"));
        }
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void answersWithTheSameBytesForEveryReason(FrontEnd frontEnd) throws Exception {
        TestCertificate expired = TestCertificate.named("CN=old")
                .validFrom(Instant.now().minus(9, ChronoUnit.DAYS))
                .validUntil(Instant.now().minus(1, ChronoUnit.DAYS))
                .build();
        start(frontEnd, Map.of("thumbprints", expired.sha256()));

        HttpResponse<String> none = client(null).get(tomcat.https("/app/x"));
        String expected = masked(none.body());
        assertThat(masked(client(MALLORY).get(tomcat.https("/app/x")).body())).isEqualTo(expected);
        assertThat(masked(client(expired).get(tomcat.https("/app/x")).body())).isEqualTo(expected);
        assertThat(none.headers().map()).containsKeys("www-authenticate", "cache-control", "content-length");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void answersAsTheSettingsSay(FrontEnd frontEnd) throws Exception {
        start(
                frontEnd,
                Map.of("thumbprints", ANY, "denyStatus", "403", "reason", "Go \"away\" <now>", "tellReason", "true"));

        HttpResponse<String> problem = client(null).get(tomcat.https("/app/x"));
        HttpResponse<String> page = client(null)
                .send(HttpRequest.newBuilder(tomcat.https("/app/x"))
                        .header("Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                        .build());

        assertThat(problem.statusCode()).isEqualTo(403);
        assertThat(problem.headers().firstValue("www-authenticate")).isEmpty();
        assertThat(problem.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(problem.body()).contains("\"title\":\"Go \\\"away\\\" <now>\"", "\"code\":\"TK-104\"");
        assertThat(page.headers().firstValue("content-type").orElseThrow()).startsWith("text/html");
        assertThat(page.body()).contains("<h1>Go \"away\" &lt;now&gt;</h1>", "TK-104");
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void showsTheErrorPageOfTheApplicationIfConfigured(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of("thumbprints", ALICE.sha256(), "errorFormat", "container"));

        HttpResponse<String> response = client(MALLORY).get(tomcat.https("/app/x"));

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("www-authenticate")).isPresent();
        assertThat(response.body())
                .contains("app ERROR user=null")
                .contains(frontEnd == FrontEnd.FILTER ? "certificate=false" : "reason=TK-101");
    }

    /** CVE-2024-52316 and bad-input 158: without a running gate no request is served. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void servesNoRequestWithWrongSettings(FrontEnd frontEnd) throws Exception {
        Map<String, String> typo = Map.of("thumbprint", ALICE.sha256());
        try {
            start(frontEnd, typo);
        } catch (org.apache.catalina.LifecycleException e) {
            assertThat(e).rootCause().hasMessageContaining("did you mean [thumbprints]?");
            return;
        }
        HttpResponse<String> response = client(ALICE).get(tomcat.https("/app/x"));
        assertThat(response.statusCode()).isIn(404, 503);
        assertThat(response.body()).doesNotContain("app ");
    }

    /** The session cookie of an admitted request gives no principal to another client. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void givesNoPrincipalToACookieAlone(FrontEnd frontEnd) throws Exception {
        for (Map<String, String> mode : java.util.List.of(
                Map.of("mode", "report"),
                Map.of("mode", "annotate"),
                Map.of("noCertificate", "anonymous"),
                Map.of("exclude", "/x"))) {
            try (TestTomcat own = newTomcat()) {
                Map<String, String> settings = new HashMap<>(mode);
                settings.put("thumbprints", ALICE.sha256());
                Context context = own.addContext("/app");
                GuardedApp.install(own, context);
                Constraints.requireNothing(context);
                frontEnd.guard(context, settings);
                own.start();

                HttpResponse<String> admitted = client(ALICE).get(own.https("/app/y?session=1"));
                String cookie =
                        admitted.headers().allValues("set-cookie").get(0).replaceFirst(";.*", "");
                HttpRequest alone = HttpRequest.newBuilder(own.https("/app/x"))
                        .header("Cookie", cookie)
                        .build();
                assertThat(admitted.body()).contains("verdict=admitted");
                assertThat(client(null).send(alone).body())
                        .as("%s", mode)
                        .contains("app ")
                        .contains("user=null remote=null")
                        .contains("auth=null");
            }
        }
    }

    private void start(FrontEnd frontEnd, Map<String, String> settings) throws Exception {
        Context context = tomcat.addContext("/app");
        GuardedApp.install(tomcat, context);
        frontEnd.guard(context, settings);
        tomcat.start();
    }

    private void assertRefused(HttpResponse<String> response, String code) {
        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("www-authenticate"))
                .hasValue("ClientCertificate realm=\"client certificate\"");
        assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(response.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(response.body())
                .contains("\"title\":\"Invalid client certificate\"", "\"code\":\"TK-100\"")
                .doesNotContain("app ");
        String id = response.body().replaceAll(".*(urn:uuid:[0-9a-f-]{36}).*", "$1");
        assertThat(log.messages()).anyMatch(line -> line.startsWith(code) && line.endsWith(id));
    }

    private static TlsClient client(@org.jspecify.annotations.Nullable TestCertificate certificate) {
        TlsClient.Builder builder = TlsClient.trusting(SERVER.certificate());
        return (certificate == null ? builder : builder.presenting(certificate)).build();
    }

    private static String masked(String body) {
        return body.replaceAll("urn:uuid:[0-9a-f-]{36}", "urn:uuid:masked");
    }

    private Path stored(String name) throws Exception {
        Path file = folder.resolve(name);
        switch (name) {
            case "alice.pem" -> ALICE.writePem(file);
            case "alice.der" -> ALICE.writeDer(file);
            case "pem-folder" -> ALICE.writePem(Files.createDirectory(file).resolve("alice.pem"));
            case "clients.p12" ->
                TestKeyStores.writeTrusted(file, "PKCS12", "changeit", Map.of("alice", ALICE.certificate()));
            default -> TestKeyStores.writeTrusted(file, "JKS", "changeit", Map.of("alice", ALICE.certificate()));
        }
        return file;
    }

    /** Sets an object as the attribute in which the connector puts the certificate. */
    private static final class Planting extends ValveBase {
        private final Object planted;

        Planting(Object planted) {
            super(true);
            this.planted = planted;
        }

        @Override
        public void invoke(Request request, Response response)
                throws java.io.IOException, jakarta.servlet.ServletException {
            request.getCoyoteRequest().getAttributes().put("jakarta.servlet.request.X509Certificate", planted);
            getNext().invoke(request, response);
        }
    }
}
