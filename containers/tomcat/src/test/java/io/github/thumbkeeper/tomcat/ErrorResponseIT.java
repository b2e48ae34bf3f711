/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.tomcat.RawConnection.Answer;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Refusals on the wire, byte by byte where client libraries would hide the details. */
class ErrorResponseIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final String CHALLENGE = "ClientCertificate realm=\"client certificate\"";

    private final GuardedTomcat server;

    ErrorResponseIT() throws IOException {
        server = new GuardedTomcat();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /** bad-input 145; for the filter it depends on a setting of Tomcat, a documented difference. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void doesNotRequestTheBodyBeforeTheRefusal(FrontEnd frontEnd) throws Exception {
        if (frontEnd == FrontEnd.FILTER) {
            server.tomcat().httpsConnector().setProperty("continueResponseTiming", "onRead");
        }
        start(frontEnd, Map.of());

        try (RawConnection connection = server.connect(null)) {
            connection.send("POST /app/x HTTP/1.1", "Host: localhost", "Content-Length: 5", "Expect: 100-continue");
            assertRefused(connection.read(false));
        }
        try (RawConnection connection = server.connect(ALICE)) {
            connection.send(
                    "POST /app/x?session=1 HTTP/1.1", "Host: localhost", "Content-Length: 0", "Expect: 100-continue");
            assertThat(connection.read(false).status()).isIn(100, 200);
        }
    }

    /** Without that setting Tomcat asks for the body before any filter runs. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void onlyTheValveRunsBeforeTheInterimAnswerOfTomcat(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of());

        try (RawConnection connection = server.connect(null)) {
            connection.send("POST /app/x HTTP/1.1", "Host: localhost", "Content-Length: 5", "Expect: 100-continue");
            if (frontEnd == FrontEnd.FILTER) {
                assertThat(connection.read(false).status()).isEqualTo(100);
            }
            assertRefused(connection.read(false));
        }
    }

    /** The client never sends the body, and still gets an answer: the gate did not wait for it. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void doesNotReadTheBodyOfARefusedRequest(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of());

        for (String length : new String[] {"Content-Length: 100000000", "Transfer-Encoding: chunked"}) {
            try (RawConnection connection = server.connect(null)) {
                connection.send(
                        "POST /app/x HTTP/1.1",
                        "Host: localhost",
                        length,
                        "Content-Type: application/x-www-form-urlencoded");
                assertRefused(connection.read(false));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void answersHeadWithTheHeaderOfTheOmittedBody(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of());

        try (RawConnection connection = server.connect(null)) {
            Answer get = connection.get("/app/x");
            connection.send("HEAD /app/x HTTP/1.1", "Host: localhost");
            Answer head = connection.read(true);

            assertThat(head.status()).isEqualTo(401);
            for (String name : List.of("www-authenticate", "content-length", "content-type", "cache-control")) {
                assertThat(head.fields().get(name))
                        .as(name)
                        .isNotNull()
                        .isEqualTo(get.fields().get(name));
            }
            // A body would be read as the next answer.
            assertRefused(connection.get("/app/x"));
        }
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void refusesOverHttp10(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of());

        try (RawConnection connection = server.connect(null)) {
            connection.send("GET /app/x HTTP/1.0");
            assertRefused(connection.read(false));
            assertThat(connection.isEnded()).isTrue();
        }
        try (RawConnection connection = server.connect(ALICE)) {
            connection.send("GET /app/x HTTP/1.0");
            assertThat(connection.read(false).body()).contains("verdict=admitted");
        }
    }

    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void refusesOverHttp2WithTheSameHeader(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of());
        TlsClient client = GuardedTomcat.builder(null).http2(true).build();
        // Tomcat decides what happens to a connection whose body has not been read.
        TlsClient posting = GuardedTomcat.builder(null).http2(true).build();

        HttpRequest.Builder request = HttpRequest.newBuilder(server.uri("/x"));
        HttpResponse<String> get = client.send(request.build());
        HttpResponse<String> head =
                client.send(request.method("HEAD", BodyPublishers.noBody()).build());
        HttpResponse<String> post =
                posting.send(request.POST(BodyPublishers.ofString("x")).build());

        for (HttpResponse<String> response : List.of(get, post, head)) {
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(response.statusCode()).isEqualTo(401);
            assertThat(response.headers().allValues("www-authenticate")).containsExactly(CHALLENGE);
            assertThat(response.headers().allValues("cache-control")).containsExactly("no-store");
        }
        assertThat(get.body()).contains("TK-100");
        assertThat(post.body()).contains("TK-100");
        assertThat(head.body()).isEmpty();
    }

    /** bad-input 138: too late for a status, but the application is still not called. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void addsNothingToACommittedResponse(FrontEnd frontEnd) throws Exception {
        server.tomcat().addEngineValve(new Hasty());
        start(frontEnd, Map.of());

        try (RawConnection refused = server.connect(null);
                RawConnection admitted = server.connect(ALICE)) {
            assertThat(refused.get("/app/x").body()).isEqualTo("early\n");
            assertThat(admitted.get("/app/x").body()).startsWith("early\napp ");
        }
    }

    /** bad-input 141. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void refusesAWebSocketBeforeTheUpgrade(FrontEnd frontEnd) throws Exception {
        WebSocketApp.install(server.context());
        start(frontEnd, Map.of());

        try (RawConnection connection = server.connect(null)) {
            sendUpgrade(connection, "/app/socket");
            assertRefused(connection.read(false));
        }
        try (RawConnection connection = server.connect(ALICE)) {
            sendUpgrade(connection, "/app/socket");
            assertThat(connection.read(false).status()).isEqualTo(101);
            assertThat(connection.frame()).isEqualTo("hello sha256:" + ALICE.sha256());
        }
    }

    /** The connector upgrades to HTTP/2; the request is then judged in HTTP/2, or at once. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void refusesARequestForAnotherProtocol(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of());

        try (RawConnection connection = server.connect(null)) {
            connection.send("GET /app/x HTTP/1.1", "Host: localhost", "Connection: Upgrade", "Upgrade: thumbkeeper/1");
            assertRefused(connection.read(false));
        }
    }

    /** The connector itself answers {@code OPTIONS *}: no gate can see it. */
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void guardsOptionsOfAResourceButNotOfTheServer(FrontEnd frontEnd) throws Exception {
        start(frontEnd, Map.of());

        try (RawConnection connection = server.connect(null)) {
            connection.send("OPTIONS /app/x HTTP/1.1", "Host: localhost");
            assertRefused(connection.read(false));
            connection.send("OPTIONS * HTTP/1.1", "Host: localhost");
            Answer ofServer = connection.read(false);
            assertThat(ofServer.status()).isEqualTo(200);
            assertThat(ofServer.body()).isEmpty();
        }
    }

    static Stream<Arguments> everyAcceptOnEveryFrontEnd() {
        List<Arguments> all = new ArrayList<>();
        for (FrontEnd frontEnd : FrontEnd.values()) {
            all.add(Arguments.of(frontEnd, "auto", List.of(), false));
            all.add(Arguments.of(frontEnd, "auto", List.of(""), false));
            all.add(Arguments.of(frontEnd, "auto", List.of("*/*"), false));
            all.add(Arguments.of(frontEnd, "auto", List.of("application/json"), false));
            all.add(Arguments.of(frontEnd, "auto", List.of("text/html"), true));
            all.add(Arguments.of(frontEnd, "auto", List.of("TEXT/HTML;level=1, */*;q=0.8"), true));
            all.add(Arguments.of(frontEnd, "auto", List.of("text/html;q=0.5, application/json"), false));
            all.add(Arguments.of(frontEnd, "auto", List.of("text/html, application/problem+json"), false));
            all.add(Arguments.of(frontEnd, "auto", List.of("text/html, application/json;q=0.9"), true));
            all.add(Arguments.of(frontEnd, "auto", List.of("application/json;q=0.2", "text/html;q=0.3"), true));
            all.add(Arguments.of(frontEnd, "auto", List.of("text/html;q=0"), false));
            all.add(Arguments.of(frontEnd, "auto", List.of("text/html;q=2"), false));
            all.add(Arguments.of(frontEnd, "auto", List.of(";;q=,,,/"), false));
            all.add(Arguments.of(frontEnd, "auto", List.of("text/html,".repeat(200)), true));
            all.add(Arguments.of(frontEnd, "problem", List.of("text/html"), false));
            all.add(Arguments.of(frontEnd, "html", List.of("application/json"), true));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("everyAcceptOnEveryFrontEnd")
    void choosesTheFormOfTheBodyByAccept(FrontEnd frontEnd, String errorFormat, List<String> accept, boolean html)
            throws Exception {
        start(frontEnd, Map.of("errorFormat", errorFormat));
        List<String> lines = new ArrayList<>(List.of("GET /app/x HTTP/1.1", "Host: localhost"));
        accept.forEach(value -> lines.add("Accept: " + value));

        try (RawConnection connection = server.connect(null)) {
            connection.send(lines.toArray(String[]::new));
            Answer answer = connection.read(false);

            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.fields().get("content-type")).startsWith(html ? "text/html" : "application/problem+json");
            assertThat(answer.body())
                    .startsWith(html ? "<!DOCTYPE html>" : "{\"type\":")
                    .contains("TK-100");
        }
    }

    private void start(FrontEnd frontEnd, Map<String, String> more) throws Exception {
        Map<String, String> settings = new java.util.HashMap<>(more);
        settings.put("thumbprints", ALICE.sha256());
        server.start(frontEnd, settings);
    }

    private static void sendUpgrade(RawConnection connection, String path) throws IOException {
        connection.send(
                "GET " + path + " HTTP/1.1",
                "Host: localhost",
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    }

    private static void assertRefused(@Nullable Answer answer) {
        assertThat(answer).isNotNull();
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.fields()).containsEntry("www-authenticate", CHALLENGE);
        assertThat(answer.body()).contains("TK-100").doesNotContain("app ");
    }

    /** Sends the head of the response before the gate is asked. */
    private static final class Hasty extends ValveBase {

        Hasty() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            response.setContentType("text/plain");
            response.getWriter().print("early\n");
            response.flushBuffer();
            getNext().invoke(request, response);
        }
    }
}
