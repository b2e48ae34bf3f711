/* SPDX-License-Identifier: Apache-2.0 */
package io.github.thumbkeeper.tomcat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.thumbkeeper.testkit.TestCertificate;
import io.github.thumbkeeper.testkit.TlsClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tomcat reuses its request objects: they must not carry one user's data to another user. */
class ConcurrencyIT {

    private static final int REQUESTS = 2_000;
    private static final int AT_ONCE = 60;
    private static final TestCertificate ALICE =
            TestCertificate.named("CN=alice").build();
    private static final TestCertificate BOB = TestCertificate.named("CN=bob").build();
    private static final TestCertificate MALLORY =
            TestCertificate.named("CN=mallory").build();

    @TempDir
    private Path folder;

    /** A client, and the user that the application must see; null if it must not see the request. */
    private record Caller(TlsClient client, @Nullable String user) {

        static Caller of(@Nullable TestCertificate certificate, @Nullable String user) {
            return new Caller(GuardedTomcat.builder(certificate).http2(true).build(), user);
        }

        void check(HttpResponse<String> response) {
            assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
            if (user == null) {
                assertThat(response.statusCode()).isEqualTo(401);
                assertThat(response.body()).contains("TK-100").doesNotContain("user=");
            } else {
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.body())
                        .contains("user=" + user + " remote=" + user + " ", "verdict=admitted", "label=" + user);
            }
        }
    }

    static Stream<Arguments> everyWayThroughEveryFrontEnd() {
        return Stream.of(FrontEnd.values())
                .flatMap(frontEnd -> Stream.of("/x", "/go/async?to=/x").map(path -> Arguments.of(frontEnd, path)));
    }

    /** CVE-2024-52317, CVE-2023-42795. */
    @ParameterizedTest
    @MethodSource("everyWayThroughEveryFrontEnd")
    void neverConfusesTwoUsers(FrontEnd frontEnd, String path) throws Exception {
        ALICE.writePem(folder.resolve("alice.pem"));
        BOB.writePem(folder.resolve("bob.pem"));
        try (GuardedTomcat server = new GuardedTomcat()) {
            server.start(frontEnd, Map.of("store", folder.toString()));
            List<Caller> callers = List.of(
                    Caller.of(ALICE, "alice"), Caller.of(BOB, "bob"), Caller.of(MALLORY, null), Caller.of(null, null));
            for (Caller caller : callers) {
                caller.check(caller.client().get(server.uri(path)));
            }

            interleave(callers, server.uri(path)).get(60, TimeUnit.SECONDS);
        }
    }

    /** The two users take turns; from time to time a refused client sends a request. */
    private static CompletableFuture<Void> interleave(List<Caller> callers, URI uri) throws InterruptedException {
        Semaphore free = new Semaphore(AT_ONCE);
        List<CompletableFuture<Void>> answers = new ArrayList<>();
        for (int i = 0; i < REQUESTS; i++) {
            Caller caller = callers.get(i % 10 < 8 ? i % 2 : 2 + i % 2);
            free.acquire();
            answers.add(caller.client()
                    .getAsync(uri)
                    .whenComplete((response, failure) -> free.release())
                    .thenAccept(caller::check));
        }
        return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new));
    }
}
