/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.springboot;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import io.github.thumbkeeper.testkit.TlsClient;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The application on 127.0.0.1 with a free port and TLS, which asks for a client certificate. */
final class RunningApplication implements AutoCloseable {

    static final TestCertificate ALICE = TestCertificate.named("CN=alice").build();
    static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    /** Passes the handshake, but no gate lists it. Its subject is that of Alice. */
    static final TestCertificate MALLORY = TestCertificate.named("CN=alice").build();

    /** Bob's key, which the gate lists, in a certificate that Bob signed himself with the subject of Alice. */
    static final TestCertificate BOB_AS_ALICE =
            TestCertificate.named("CN=alice").key(BOB.keyPair()).build();

    private static final String PASSWORD = "changeit";
    private static final TestCertificate SERVER =
            TestCertificate.named("CN=server").ipAddress("127.0.0.1").build();
    private static final Map<TestCertificate, TlsClient> CLIENTS = Map.of(
            ALICE, client(ALICE),
            BOB, client(BOB),
            BOB_AS_ALICE, client(BOB_AS_ALICE),
            MALLORY, client(MALLORY));
    private static final TlsClient WITHOUT_CERTIFICATE =
            TlsClient.trusting(SERVER.certificate()).build();

    private final ConfigurableApplicationContext context;
    private final Path clients;
    private final URI root;

    /**
     * Starts the application. Its gate lists Alice, with the role {@code orders}, and Bob's key, and excludes
     * {@code /public/*}.
     *
     * @param folder an empty folder for certificates and key stores
     * @param settings more settings of the gate
     * @param recipes the configuration under test
     */
    RunningApplication(Path folder, Map<String, String> settings, Class<?>... recipes) throws Exception {
        clients = folder.resolve("clients.txt");
        replaceList("sha256:" + ALICE.sha256() + " label=alice roles=orders\nsha256/" + BOB.pin() + " label=bob");
        Map<String, String> properties = server(folder);
        properties.put("thumbkeeper.store", clients.toString());
        settings.forEach((name, value) -> properties.put("thumbkeeper." + name, value));
        Class<?>[] sources = Stream.concat(Stream.of(Application.class), Arrays.stream(recipes))
                .toArray(Class<?>[]::new);
        // Arguments take precedence over application.properties, which the page shows.
        context = new SpringApplicationBuilder(sources)
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
        root = URI.create("https://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** Gets the path with this certificate, or none, and this session cookie, or none. */
    HttpResponse<String> get(String path, @Nullable TestCertificate certificate, @Nullable String cookie)
            throws IOException, InterruptedException {
        return send(request(path, cookie).build(), certificate);
    }

    /** Posts a form to the path. */
    HttpResponse<String> post(String path, String form, TestCertificate certificate, String cookie)
            throws IOException, InterruptedException {
        HttpRequest request = request(path, cookie)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        return send(request, certificate);
    }

    /** Replaces the gate's list in one step. */
    void replaceList(String list) throws IOException {
        Path next = Files.writeString(clients.resolveSibling("next.txt"), list + "\n");
        Files.move(next, clients, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Starts a session for this client, and returns its cookie. */
    String sessionOf(TestCertificate certificate) throws IOException, InterruptedException {
        HttpResponse<String> response = get("/session", certificate, null);
        return cookie(response);
    }

    /** The cookie of the session that this response starts. */
    static String cookie(HttpResponse<String> response) {
        return response.headers()
                .firstValue("Set-Cookie")
                .map(value -> value.substring(0, value.indexOf(';')))
                .orElseThrow(() -> new AssertionError("no session in " + response + " " + response.body()));
    }

    @Override
    public void close() {
        context.close();
    }

    private HttpRequest.Builder request(String path, @Nullable String cookie) {
        HttpRequest.Builder request = HttpRequest.newBuilder(root.resolve(path)).timeout(Duration.ofSeconds(30));
        if (cookie != null) {
            request.header("Cookie", cookie);
        }
        return request;
    }

    private static HttpResponse<String> send(HttpRequest request, @Nullable TestCertificate certificate)
            throws IOException, InterruptedException {
        TlsClient client = certificate == null ? WITHOUT_CERTIFICATE : CLIENTS.get(certificate);
        return client.send(request);
    }

    private static TlsClient client(TestCertificate certificate) {
        return TlsClient.trusting(SERVER.certificate()).presenting(certificate).build();
    }

    private static Map<String, String> server(Path folder) throws Exception {
        Path key = folder.resolve("server.p12");
        try (var out = Files.newOutputStream(key)) {
            SERVER.keyStore(PASSWORD).store(out, PASSWORD.toCharArray());
        }
        Path trusted = folder.resolve("trusted.p12");
        TestKeyStores.writeTrusted(
                trusted,
                "PKCS12",
                PASSWORD,
                Map.of(
                        "alice", ALICE.certificate(),
                        "bob", BOB.certificate(),
                        "bob as alice", BOB_AS_ALICE.certificate(),
                        "mallory", MALLORY.certificate()));
        Map<String, String> properties = new HashMap<>();
        properties.put("server.address", "127.0.0.1");
        properties.put("server.port", "0");
        // The default is a folder in /tmp, which Tomcat's work folder outlives.
        properties.put("server.tomcat.basedir", folder.resolve("tomcat").toString());
        properties.put("server.ssl.key-store", key.toString());
        properties.put("server.ssl.key-store-password", PASSWORD);
        properties.put("server.ssl.trust-store", trusted.toString());
        properties.put("server.ssl.trust-store-password", PASSWORD);
        properties.put("spring.main.banner-mode", "off");
        properties.put("logging.level.root", "ERROR");
        // The test receives the exception of a start that fails on purpose.
        properties.put("logging.level.org.apache.catalina", "OFF");
        properties.put("logging.level.org.springframework.boot.SpringApplication", "OFF");
        return properties;
    }
}
