/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import static io.github.thumbkeeper.console.ConsoleTomcat.EDITOR;
import static io.github.thumbkeeper.console.ConsoleTomcat.ROLELESS;
import static io.github.thumbkeeper.console.ConsoleTomcat.VIEWER;
import static io.github.thumbkeeper.console.ConsoleTomcat.client;
import static io.github.thumbkeeper.console.ConsoleTomcat.field;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console on a real Tomcat 11, with TLS and client certificates. */
class ConsoleIT {

    private static ConsoleTomcat tomcat;

    @BeforeAll
    static void start() throws Exception {
        tomcat = new ConsoleTomcat().withApplication().start();
        assertThat(tomcat.isUp()).isTrue();
    }

    @AfterAll
    static void stop() throws Exception {
        tomcat.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/upload",
                "/refused",
                "/gates",
                "/expiry",
                "/explain",
                "/history",
                "/assets/console.css",
                "/api/v1/entries",
                "/api/v1/openapi.json",
                "/unknown"
            })
    void refusesEveryPathWithoutCertificate(String path) throws Exception {
        HttpResponse<String> response = tomcat.get(null, "/console" + path);

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.headers().firstValue("Content-Security-Policy")).isPresent();
    }

    @Test
    void refusesAStrangerAndAnAdministratorWithoutRole() throws Exception {
        TestCertificate stranger = TestCertificate.named("CN=stranger").build();

        assertThat(tomcat.get(stranger, "/console/").statusCode()).isEqualTo(401);
        HttpResponse<String> roleless = tomcat.get(ROLELESS, "/console/");
        assertThat(roleless.statusCode()).isEqualTo(403);
        assertThat(roleless.body()).contains("neither the role viewer nor").doesNotContain("<html");
    }

    @Test
    void answersNoPageWithoutTls() throws Exception {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(tomcat.plain("/console/")).build(), BodyHandlers.ofString());

        assertThat(response.statusCode()).isEqualTo(401);
        assertThat(response.body()).doesNotContain("token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/upload", "/refused", "/gates", "/expiry", "/explain", "/history"})
    void showsEveryPageToAViewerWithSecurityHeaders(String path) throws Exception {
        HttpResponse<String> response = tomcat.get(VIEWER, "/console" + path);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("<!DOCTYPE html>").contains("vera").doesNotContain("style=");
        assertThat(response.headers().map())
                .containsKeys(
                        "content-security-policy", "x-content-type-options", "referrer-policy", "x-frame-options");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(response.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/console/upload",
        "/console/add",
        "/console/entry/set",
        "/console/entry/disable",
        "/console/entry/enable",
        "/console/entry/deny",
        "/console/entry/rename",
        "/console/entry/remove",
        "/console/undo"
    })
    void refusesEveryChangeOfAViewer(String path) throws Exception {
        assertThat(tomcat.post(VIEWER, path, Map.of("id", "x")).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "another origin, https://evil.example, , token",
        "null origin, null, , token",
        "another port, https://127.0.0.1:1, , token",
        "another scheme, http://127.0.0.1:PORT, , token",
        "cross-site, https://127.0.0.1:PORT, cross-site, token",
        "same-site, https://127.0.0.1:PORT, same-site, token",
        "typed address, , none, token",
        "neither field, , , token",
        "no token, https://127.0.0.1:PORT, same-origin, ",
        "wrong token, https://127.0.0.1:PORT, same-origin, AAAA",
        "token of another certificate, https://127.0.0.1:PORT, same-origin, other",
    })
    void refusesAChangeThatIsNotFromTheConsole(String name, String origin, String site, String token) throws Exception {
        Map<String, String> fields = new HashMap<>(Map.of("id", "x", "version", "x"));
        if (token != null) {
            fields.put(
                    "token",
                    token.equals("token")
                            ? tomcat.token(EDITOR)
                            : token.equals("other") ? tomcat.token(VIEWER) : token);
        }
        HttpRequest.Builder request = tomcat.form("/console/entry/remove", fields);
        HttpRequest.Builder bare = HttpRequest.newBuilder(request.build().uri())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(request.build().bodyPublisher().orElseThrow());
        if (origin != null) {
            bare.header("Origin", origin.replace("PORT", String.valueOf(tomcat.port())));
        }
        if (site != null) {
            bare.header("Sec-Fetch-Site", site);
        }

        assertThat(client(EDITOR).send(bare.build()).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, 415",
        "application/json, 415",
        "'application/json; x=application/x-www-form-urlencoded', 415",
        "application/x-www-form-urlencoded, 400"
    })
    void takesFormsOnlyAsForms(String type, int status) throws Exception {
        HttpRequest form = tomcat.form(
                        "/console/entry/remove", Map.of("token", tomcat.token(EDITOR), "id", "x", "version", "x"))
                .setHeader("Content-Type", type)
                .build();

        assertThat(client(EDITOR).send(form).statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "TRACE, /, 405",
        "OPTIONS, /, 405",
        "PATCH, /, 405",
        "DELETE, /, 405",
        "GET, /entry/remove, 405",
        "POST, /gates, 405",
        "FOO, /, 405",
    })
    void refusesOtherMethods(String method, String path, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(tomcat.uri("/console" + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("X-HTTP-Method-Override", "GET")
                .build();

        HttpResponse<String> response = client(EDITOR).send(request);

        assertThat(response.statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"/?q=%zz, 400", "/?q=%FF, 400", "/gates?x=%, 400"})
    void refusesAMalformedQuery(String path, int status) throws Exception {
        try (Socket socket = client(EDITOR).sslContext().getSocketFactory().createSocket("127.0.0.1", tomcat.port())) {
            socket.getOutputStream()
                    .write(("GET /console" + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(response).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void refusesAnUploadThatIsTooLargeAndMoreThanOnePkcs12File() throws Exception {
        assertThat(tomcat.upload(EDITOR, "large.pem", new byte[300_000], "").statusCode())
                .isEqualTo(413);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        TestCertificate.named("CN=heidi").build().keyStore("changeit").store(file, "changeit".toCharArray());
        assertThat(tomcat.upload(EDITOR, "one.p12", file.toByteArray(), "changeit")
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> two =
                tomcat.upload(EDITOR, "two.p12", "changeit", List.of(file.toByteArray(), file.toByteArray()));

        assertThat(two.statusCode()).isEqualTo(422);
        assertThat(two.body()).contains("one PKCS #12 file at a time");
    }

    @Test
    void tellsSubjectsApartThatDifferAfterManyCharacters() throws Exception {
        String start = "O=" + "long".repeat(15) + ",OU=" + "name".repeat(15) + ",CN=";
        TestCertificate one = TestCertificate.named(start + "one").build();
        TestCertificate other = TestCertificate.named(start + "other").build();
        TestCertificate renewed = TestCertificate.named(start + "one").build();
        tomcat.add(EDITOR, one, "one");

        assertThat(tomcat.upload(EDITOR, "a.pem", other.pem().getBytes(StandardCharsets.US_ASCII), "")
                        .body())
                .doesNotContain("Is it a renewal?");
        assertThat(tomcat.upload(EDITOR, "a.pem", renewed.pem().getBytes(StandardCharsets.US_ASCII), "")
                        .body())
                .contains("Is it a renewal?");
    }

    @Test
    void answersHeadLikeGetWithoutBody() throws Exception {
        HttpResponse<String> response = client(VIEWER)
                .send(HttpRequest.newBuilder(tomcat.uri("/console/"))
                        .method("HEAD", HttpRequest.BodyPublishers.noBody())
                        .build());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/gates;x=y",
                "//gates",
                "/gates/",
                "/./gates",
                "/%67ates",
                "/gates%00",
                "/gates%2e",
                "/assets/..%2fweb.xml",
                "/assets/%2e%2e/WEB-INF/web.xml",
                "/assets/%252e%252e%252fx",
                "/WEB-INF/web.xml",
                "/webjars/htmx.org/2.0.8/dist/htmx.js",
                "/assets/console.css%00.png",
                "/GATES"
            })
    void findsNoPageUnderAnotherSpelling(String path) throws Exception {
        assertThat(tomcat.get(EDITOR, "/console" + path).statusCode()).isIn(400, 404);
    }

    @Test
    void admitsWhatWasUploadedAndRefusesItAfterRemovalUntilUndone() throws Exception {
        TestCertificate alice = TestCertificate.named("CN=alice,O=Partner").build();
        assertThat(tomcat.call(alice)).isEqualTo(401);

        HttpResponse<String> added = tomcat.add(EDITOR, alice, "alice");
        assertThat(added.statusCode()).as(added.body()).isEqualTo(303);
        tomcat.awaitCall(alice, 200);

        String page =
                tomcat.get(EDITOR, "/console/entry?id=sha256:" + alice.sha256()).body();
        HttpResponse<String> removed = tomcat.post(
                EDITOR,
                "/console/entry/remove",
                Map.of("id", "sha256:" + alice.sha256(), "version", field(page, "version")));
        assertThat(removed.statusCode()).isEqualTo(303);
        tomcat.awaitCall(alice, 401);

        String undo = removed.headers().firstValue("Location").orElseThrow().replaceAll(".*undo=", "");
        HttpResponse<String> undone = tomcat.post(EDITOR, "/console/undo", Map.of("number", undo));
        assertThat(undone.statusCode()).as(undone.body()).isEqualTo(303);
        tomcat.awaitCall(alice, 200);
        assertThat(tomcat.get(VIEWER, "/console/history").body())
                .contains("alice")
                .contains("erin")
                .contains("Removed");
    }

    @Test
    void showsTheSecondOfTwoEditorsWhatTheFirstHasChanged() throws Exception {
        TestCertificate bob = TestCertificate.named("CN=bob").build();
        tomcat.add(EDITOR, bob, "bob");
        String page =
                tomcat.get(EDITOR, "/console/entry?id=sha256:" + bob.sha256()).body();
        Map<String, String> first = Map.of("id", "sha256:" + bob.sha256(), "version", field(page, "version"));
        assertThat(tomcat.post(EDITOR, "/console/entry/disable", first).statusCode())
                .isEqualTo(303);

        HttpResponse<String> second = tomcat.post(ConsoleTomcat.OTHER_EDITOR, "/console/entry/remove", first);

        assertThat(second.statusCode()).isEqualTo(412);
        assertThat(second.body()).contains("Changed meanwhile").contains("± bob");
    }

    @Test
    void admitsARefusedStrangerWithTwoClicks() throws Exception {
        TestCertificate carol = TestCertificate.named("CN=carol").build();
        assertThat(tomcat.call(carol)).isEqualTo(401);

        assertThat(tomcat.get(EDITOR, "/console/refused").body())
                .contains("CN=carol")
                .contains("TK-101");
        String preview = tomcat.get(EDITOR, "/console/upload?refused=sha256:" + carol.sha256())
                .body();
        assertThat(field(preview, "label.0")).isEqualTo("carol");
        HttpResponse<String> added = tomcat.post(
                EDITOR,
                "/console/add",
                Map.of(
                        "version",
                        field(preview, "version"),
                        "item.0",
                        field(preview, "item.0"),
                        "take.0",
                        "1",
                        "label.0",
                        "carol"));

        assertThat(added.statusCode()).isEqualTo(303);
        tomcat.awaitCall(carol, 200);
    }

    @Test
    void rotatesWithAnOverlap() throws Exception {
        TestCertificate old = TestCertificate.named("CN=dora").build();
        TestCertificate next = TestCertificate.named("CN=dora").build();
        tomcat.add(EDITOR, old, "dora");
        String preview = tomcat.upload(EDITOR, "next.pem", next.pem().getBytes(StandardCharsets.US_ASCII), "")
                .body();
        assertThat(preview).contains("Is it a renewal?");

        HttpResponse<String> rotated = tomcat.post(
                EDITOR,
                "/console/add",
                Map.of(
                        "version", field(preview, "version"),
                        "item.0", field(preview, "item.0"),
                        "take.0", "1",
                        "rotate", "sha256:" + old.sha256(),
                        "overlap",
                                Instant.now()
                                        .plus(Duration.ofDays(7))
                                        .toString()
                                        .substring(0, 10)));

        assertThat(rotated.statusCode()).as(rotated.body()).isEqualTo(303);
        tomcat.awaitCall(next, 200);
        assertThat(tomcat.call(old)).isEqualTo(200);
        assertThat(tomcat.get(EDITOR, "/console/entry?id=sha256:" + old.sha256())
                        .body())
                .contains("ends soon");
    }

    @Test
    void refusesAPrivateKeyAndShowsNothingOfIt() throws Exception {
        TestCertificate eve = TestCertificate.named("CN=eve").build();
        String both = eve.pem() + eve.privateKeyPem();

        HttpResponse<String> response = tomcat.upload(EDITOR, "eve.pem", both.getBytes(StandardCharsets.US_ASCII), "");

        assertThat(response.statusCode()).isEqualTo(422);
        assertThat(response.body())
                .contains("private key")
                .doesNotContain(eve.privateKeyPem().substring(30, 60));
    }

    @Test
    void explainsAVerdict() throws Exception {
        TestCertificate frank = TestCertificate.named("CN=frank").build();
        String page = tomcat.get(VIEWER, "/console/explain").body();
        String gate = page.replaceAll("(?s).*<option value=\"([^\"]*app[^\"]*)\".*", "$1")
                .replace("&#35;", "#");

        HttpResponse<String> response =
                tomcat.post(VIEWER, "/console/explain", Map.of("gate", gate, "pem", frank.pem()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("REFUSED TK-101").contains("CN=frank");
    }

    @Test
    void listsAnEndOnceThatTheListAndAGateKnow() throws Exception {
        TestCertificate gina = TestCertificate.named("CN=gina").build();
        tomcat.add(EDITOR, gina, "gina");
        tomcat.awaitCall(gina, 200);

        assertThat(tomcat.get(VIEWER, "/console/expiry").body().split("<bdi>gina</bdi>", -1))
                .hasSize(2);
    }

    @Test
    void offersToUndoOnlyAfterARequestOfItsOwn() throws Exception {
        HttpRequest own = HttpRequest.newBuilder(tomcat.uri("/console/?notice=removed&undo=1"))
                .header("Sec-Fetch-Site", "same-origin")
                .build();
        HttpRequest link = HttpRequest.newBuilder(own.uri())
                .header("Sec-Fetch-Site", "cross-site")
                .build();

        assertThat(client(EDITOR).send(own).body()).contains("/console/undo");
        assertThat(client(EDITOR).send(link).body()).doesNotContain("/console/undo");
    }

    @Test
    void limitsTheRequestsOfACertificate() throws Exception {
        TlsClient client = client(ConsoleTomcat.EDITORS.get(0));
        HttpResponse<String> last = client.get(tomcat.uri("/console/assets/icon.svg"));
        for (int i = 0; i < 2000 && last.statusCode() == 200; i++) {
            last = client.get(tomcat.uri("/console/assets/icon.svg"));
        }

        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.headers().firstValue("Retry-After")).isPresent();
        assertThat(tomcat.get(ConsoleTomcat.EDITORS.get(1), "/console/assets/icon.svg")
                        .statusCode())
                .isEqualTo(200);
    }
}
