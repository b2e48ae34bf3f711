/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.console;

import static io.github.thumbkeeper.console.ConsoleTomcat.EDITOR;
import static io.github.thumbkeeper.console.ConsoleTomcat.VIEWER;
import static io.github.thumbkeeper.console.ConsoleTomcat.client;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.thumbkeeper.testkit.TestCertificate;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The API as a script uses it. */
class ApiIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DIGEST = "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();

    private static ConsoleTomcat tomcat;

    @BeforeAll
    static void start() throws Exception {
        tomcat = new ConsoleTomcat().start();
    }

    @AfterAll
    static void stop() throws Exception {
        tomcat.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(tomcat.uri("/console/api/v1" + path));
    }

    private static JsonNode get(String path) throws Exception {
        return JSON.readTree(tomcat.get(VIEWER, "/console/api/v1" + path).body());
    }

    private static HttpRequest.Builder put(String label, Map<String, ?> body) throws Exception {
        return request("/entries/" + label)
                .header("Content-Type", "application/json")
                .header("Thumbkeeper-Token", get(EDITOR).path("token").asText())
                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }

    private static JsonNode get(TestCertificate certificate) throws Exception {
        return JSON.readTree(tomcat.get(certificate, "/console/api/v1/token").body());
    }

    @Test
    void putsIdempotentlyAndDeletes() throws Exception {
        Map<String, ?> body = Map.of("certificate", ALICE.pem(), "roles", new String[] {"orders"});

        HttpResponse<String> first = client(EDITOR).send(put("alice", body).build());
        HttpResponse<String> second = client(EDITOR).send(put("alice", body).build());

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.headers().firstValue("ETag"))
                .isEqualTo(first.headers().firstValue("ETag"));
        assertThat(get("/entries/alice").path("id").asText()).isEqualTo("sha256:" + ALICE.sha256());
        assertThat(get("/entries/alice").path("roles").get(0).asText()).isEqualTo("orders");

        HttpResponse<String> stale = client(EDITOR)
                .send(put("alice", Map.of("certificate", ALICE.pem()))
                        .header("If-Match", "\"1-00000000000000000000000000000000\"")
                        .build());
        assertThat(stale.statusCode()).isEqualTo(412);
        assertThat(stale.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));

        HttpRequest delete = request("/entries/alice")
                .header("Thumbkeeper-Token", get(EDITOR).path("token").asText())
                .DELETE()
                .build();
        assertThat(client(EDITOR).send(delete).statusCode()).isEqualTo(204);
        assertThat(tomcat.get(VIEWER, "/console/api/v1/entries/alice").statusCode())
                .isEqualTo(404);
        assertThat(get("/history").path("items").get(0).path("kind").asText()).isEqualTo("REMOVE");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, 415",
        "application/x-www-form-urlencoded, 415",
        "multipart/form-data, 415",
        "application/jsonp, 415",
    })
    void takesJsonOnlyAsJson(String type, int status) throws Exception {
        HttpRequest request = put("bob", Map.of("certificate", ALICE.pem()))
                .setHeader("Content-Type", type)
                .build();

        assertThat(client(EDITOR).send(request).statusCode()).isEqualTo(status);
    }

    @Test
    void refusesAChangeOfAViewerOrWithoutTokenOrFromAnotherSite() throws Exception {
        HttpRequest.Builder put = put("bob", Map.of("certificate", ALICE.pem()));

        assertThat(client(VIEWER).send(put.build()).statusCode()).isEqualTo(403);
        assertThat(client(EDITOR)
                        .send(put.copy().setHeader("Thumbkeeper-Token", "x").build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(client(EDITOR)
                        .send(put.copy()
                                .setHeader("Origin", "https://evil.example")
                                .build())
                        .statusCode())
                .isEqualTo(403);
        assertThat(client(EDITOR)
                        .send(put.copy()
                                .setHeader("Sec-Fetch-Site", "cross-site")
                                .build())
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "null",
                "{}",
                "{\"certificate\":1}",
                "{\"certificate\":\"x\",\"digest\":\"y\"}",
                "{\"digest\":\"zz\"}",
                "{\"digest\":\"" + DIGEST + "\",\"disabled\":\"yes\"}",
                "{\"digest\":\"" + DIGEST + "\",\"disabled\":1}",
                "{\"digest\":\"" + DIGEST + "\",\"disabled\":null}",
                "{\"digest\":\"" + DIGEST + "\",\"certificate\":1}",
                "{\"digest\":\"" + DIGEST + "\",\"roles\":\"orders\"}",
                "{\"digest\":\"" + DIGEST + "\",\"roles\":null}",
                "{\"digest\":\"" + DIGEST + "\",\"roles\":[1]}",
                "{\"digest\":\"" + DIGEST + "\",\"roles\":{\"orders\":true}}",
                "{\"digest\":\"" + DIGEST + "\",\"from\":12}",
                "{\"digest\":\"" + DIGEST + "\",\"until\":{}}",
                "{\"digest\":\"sha256:00\",\"admin\":true}",
                "{\"digest\":\"a\",\"digest\":\"b\"}",
                "{} {}",
                "{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}"
            })
    void refusesABodyThatIsNotAnEntry(String body) throws Exception {
        HttpRequest request =
                put("bob", Map.of()).PUT(BodyPublishers.ofString(body)).build();

        HttpResponse<String> response = client(EDITOR).send(request);

        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..%2F..%2Fetc",
                "%2e%2e%2fx",
                "a%00b",
                "CON",
                "nul.txt",
                "a%2Fb",
                "a%5Cb",
                "%20",
                ".hidden",
                "a%23b",
                "a%E2%80%AEb",
                "%D7%90a",
                "a%0D%0Ab",
                "%FF",
                "a%22b",
                "a%3Ab"
            })
    void refusesALabelThatCouldMisleadAFileSystemOrAReader(String label) throws Exception {
        HttpResponse<String> response = client(EDITOR)
                .send(put(label, Map.of("certificate", ALICE.pem())).build());

        assertThat(response.statusCode()).as(response.body()).isIn(400, 404, 409);
        assertThat(tomcat.list().toFile().list()).allMatch(name -> name.startsWith(".") || name.equals("clients.list"));
    }

    @Test
    void refusesALabelOfThreeHundredCharacters() throws Exception {
        assertThat(client(EDITOR)
                        .send(put("a".repeat(300), Map.of("certificate", ALICE.pem()))
                                .build())
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void answersAnUnchangedListWithContentBecauseItsStatesDependOnTheTime() throws Exception {
        HttpResponse<String> first = tomcat.get(VIEWER, "/console/api/v1/entries");
        HttpRequest again = request("/entries")
                .header("If-None-Match", first.headers().firstValue("ETag").orElseThrow())
                .build();

        assertThat(client(VIEWER).send(again).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\"\"", "\"x\"", "W/\"1-00000000000000000000000000000000\"", "1-0"})
    void refusesAMalformedVersion(String version) throws Exception {
        HttpResponse<String> response = client(EDITOR)
                .send(put("bob", Map.of("digest", DIGEST))
                        .header("If-Match", version)
                        .build());

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).path("code").asText()).isEqualTo("badVersion");
    }

    @Test
    void doesNotReplaceADeniedEntry() throws Exception {
        TestCertificate mallory = TestCertificate.named("CN=mallory").build();
        Map<String, ?> body = Map.of("certificate", mallory.pem());
        assertThat(client(EDITOR).send(put("mallory", body).build()).statusCode())
                .isEqualTo(200);
        String id = "sha256:" + mallory.sha256();
        String page = tomcat.get(EDITOR, "/console/entry?id=" + id).body();
        HttpResponse<String> denied = tomcat.post(
                EDITOR,
                "/console/entry/deny",
                Map.of("id", id, "version", ConsoleTomcat.field(page, "version"), "reason", "stolen"));
        assertThat(denied.statusCode()).as(denied.body()).isEqualTo(303);

        HttpResponse<String> replaced =
                client(EDITOR).send(put("mallory", Map.of("digest", DIGEST)).build());

        assertThat(replaced.statusCode()).as(replaced.body()).isEqualTo(409);
        JsonNode entry = JSON.readTree(
                tomcat.get(VIEWER, "/console/api/v1/entries?label=mallory").body());
        assertThat(entry.path("items").get(0).path("id").asText()).isEqualTo(id);
        assertThat(entry.path("items").get(0).path("state").asText()).isEqualTo("denied");
        String key = tomcat.get(
                        EDITOR,
                        "/console/entry?id="
                                + java.net.URLEncoder.encode(
                                        mallory.pin().startsWith("sha256/") ? mallory.pin() : "sha256/" + mallory.pin(),
                                        java.nio.charset.StandardCharsets.UTF_8))
                .body();
        assertThat(key).contains("denied").doesNotContain("/console/entry/enable");
        assertThat(tomcat.get(EDITOR, "/console/entry?id=" + id).body()).contains("/console/entry/enable");
    }

    @Test
    void answersProblemsOfTheApiAsJson() throws Exception {
        HttpResponse<String> response = tomcat.get(VIEWER, "/console/api/v1/nothing");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(JSON.readTree(response.body()).path("code").asText()).isEqualTo("notFound");
    }
}
