/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.Slow;
import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TestKeyStores;
import io.github.thumbkeeper.testkit.TlsClient;
import io.github.thumbkeeper.tomcat.RawConnection.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A change of the list takes effect within the refresh interval, on open connections and resumed sessions too. */
class RotationIT {

    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate NEXT_ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();

    private final GuardedTomcat server;

    @TempDir
    private Path folder;

    RotationIT() throws IOException {
        server = new GuardedTomcat();
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    /** The two kinds of store that administrators rotate by hand. */
    enum Store {
        DIRECTORY {
            @Override
            void write(Path folder, Map<String, TestCertificate> certificates) throws IOException {
                Path directory = Files.createDirectories(folder.resolve("clients"));
                for (Map.Entry<String, TestCertificate> entry : certificates.entrySet()) {
                    Path aside = folder.resolve("aside");
                    entry.getValue().writePem(aside);
                    Files.move(aside, directory.resolve(entry.getKey() + ".pem"), StandardCopyOption.ATOMIC_MOVE);
                }
                try (Stream<Path> files = Files.list(directory)) {
                    for (Path file : files.toList()) {
                        if (!certificates.containsKey(
                                file.getFileName().toString().replace(".pem", ""))) {
                            Files.delete(file);
                        }
                    }
                }
            }
        },
        KEY_STORE {
            @Override
            void write(Path folder, Map<String, TestCertificate> certificates) throws IOException {
                Path aside = folder.resolve("aside");
                Map<String, X509Certificate> entries = certificates.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, entry -> entry.getValue().certificate()));
                TestKeyStores.writeTrusted(aside, "PKCS12", "changeit", entries);
                Files.move(aside, folder.resolve("clients"), StandardCopyOption.ATOMIC_MOVE);
            }
        };

        abstract void write(Path folder, Map<String, TestCertificate> certificates) throws IOException;
    }

    static Stream<Arguments> everyStoreOnEveryFrontEnd() {
        return Stream.of(FrontEnd.values())
                .flatMap(frontEnd -> Stream.of(Store.values()).map(store -> Arguments.of(frontEnd, store)));
    }

    @Slow
    @ParameterizedTest
    @MethodSource("everyStoreOnEveryFrontEnd")
    void followsAdditionReplacementAndRemovalOnOpenConnections(FrontEnd frontEnd, Store store) throws Exception {
        start(frontEnd, store, Map.of("alice", ALICE));
        try (RawConnection alice = server.connect(ALICE);
                RawConnection next = server.connect(NEXT_ALICE);
                RawConnection bob = server.connect(BOB)) {
            assertAdmitted(alice.get("/app/x"), "alice");
            assertRefused(next.get("/app/x"));
            assertRefused(bob.get("/app/x"));

            store.write(folder, Map.of("alice", ALICE, "bob", BOB));
            Eventually.that("bob is admitted", () -> bob.get("/app/x").status() == 200);
            assertAdmitted(bob.get("/app/x"), "bob");

            store.write(folder, Map.of("alice", NEXT_ALICE, "bob", BOB));
            Eventually.that(
                    "the old certificate is refused", () -> alice.get("/app/x").status() == 401);
            assertAdmitted(next.get("/app/x"), "alice");

            store.write(folder, Map.of("alice", NEXT_ALICE));
            Eventually.that("bob is refused", () -> bob.get("/app/x").status() == 401);
            assertAdmitted(next.get("/app/x"), "alice");
            assertRefused(alice.get("/app/x"));
        }
    }

    /** A renewal without a gap: both certificates of one client are listed for a while, with the same principal. */
    @Slow
    @ParameterizedTest
    @MethodSource("everyStoreOnEveryFrontEnd")
    void givesTheOldAndTheNewCertificateTheSamePrincipal(FrontEnd frontEnd, Store store) throws Exception {
        start(frontEnd, store, Map.of("alice", ALICE));
        try (RawConnection old = server.connect(ALICE);
                RawConnection renewed = server.connect(NEXT_ALICE)) {
            store.write(folder, Map.of("alice", ALICE, "alice#2026", NEXT_ALICE));
            Eventually.that(
                    "the new one is admitted", () -> renewed.get("/app/x").status() == 200);
            assertAdmitted(renewed.get("/app/x"), "alice");
            assertAdmitted(old.get("/app/x"), "alice");

            store.write(folder, Map.of("alice#2026", NEXT_ALICE));
            Eventually.that("the old one is refused", () -> old.get("/app/x").status() == 401);
            assertAdmitted(renewed.get("/app/x"), "alice");
        }
    }

    static Stream<Arguments> everyVersionOfTlsOnEveryFrontEnd() {
        return Stream.of(FrontEnd.values())
                .flatMap(frontEnd -> Stream.of("TLSv1.2", "TLSv1.3").map(protocol -> Arguments.of(frontEnd, protocol)));
    }

    /** CVE-2025-68121, CVE-2025-23419: resumption skips the certificate checks of the handshake, but not those of the gate. */
    @ParameterizedTest
    @MethodSource("everyVersionOfTlsOnEveryFrontEnd")
    void refusesARemovedCertificateOnAResumedSession(FrontEnd frontEnd, String protocol) throws Exception {
        start(frontEnd, Store.DIRECTORY, Map.of("alice", ALICE, "bob", BOB));
        SSLContext remembering = GuardedTomcat.client(ALICE).sslContext();
        long created;
        try (RawConnection first = RawConnection.open(server.uri("/"), remembering, protocol)) {
            assertAdmitted(first.get("/app/x"), "alice");
            created = first.session().getCreationTime();
        }
        try (RawConnection resumed = RawConnection.open(server.uri("/"), remembering, protocol)) {
            assertAdmitted(resumed.get("/app/x"), "alice");
            assertThat(resumed.session().getCreationTime()).isEqualTo(created);
        }

        Store.DIRECTORY.write(folder, Map.of("bob", BOB));
        TlsClient fresh = GuardedTomcat.client(ALICE);
        Eventually.that("alice is refused", () -> fresh.get(server.uri("/x")).statusCode() == 401);

        try (RawConnection resumed = RawConnection.open(server.uri("/"), remembering, protocol)) {
            assertRefused(resumed.get("/app/x"));
            assertThat(resumed.session().getCreationTime()).isEqualTo(created);
            assertThat(resumed.session().getProtocol()).isEqualTo(protocol);
        }
    }

    /** bad-input 104. */
    @Slow
    @ParameterizedTest
    @EnumSource(FrontEnd.class)
    void refusesACertificateThatExpiresBetweenTwoRequestsOfOneConnection(FrontEnd frontEnd) throws Exception {
        TestCertificate lasting = TestCertificate.named("CN=brief").build();
        server.start(frontEnd, Map.of("publicKeyPins", "sha256/" + lasting.pin(), "refreshInterval", "0s"));
        assertThat(GuardedTomcat.client(lasting).get(server.uri("/x")).statusCode())
                .isEqualTo(200);
        TestCertificate brief = TestCertificate.named("CN=brief")
                .key(lasting.keyPair())
                .validUntil(Instant.now().plus(4, ChronoUnit.SECONDS))
                .build();
        Instant end = brief.certificate().getNotAfter().toInstant();
        try (RawConnection connection = server.connect(brief)) {
            assertThat(connection.get("/app/x").status()).isEqualTo(200);
            assertThat(Instant.now()).isBefore(end);

            Eventually.that("it has expired", () -> connection.get("/app/x").status() == 401);

            assertThat(Instant.now()).isAfter(end);
            assertThat(server.log().messages()).anyMatch(line -> line.startsWith("TK-102"));
        }
    }

    private void start(FrontEnd frontEnd, Store store, Map<String, TestCertificate> certificates) throws Exception {
        store.write(folder, certificates);
        Map<String, String> settings = Map.of(
                "store", folder.resolve("clients").toString(), "storePassword", "changeit", "refreshInterval", "1s");
        server.start(frontEnd, settings);
    }

    private static void assertAdmitted(Answer answer, String user) {
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("user=" + user + " ", "verdict=admitted");
    }

    private static void assertRefused(Answer answer) {
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).contains("TK-100").doesNotContain("app ");
    }
}
